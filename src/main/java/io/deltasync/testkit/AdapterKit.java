package io.deltasync.testkit;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.SourceAdapterForAcknowledge;
import io.deltasync.scope.Strategy;
import org.jspecify.annotations.Nullable;

/**
 * Runs a source adapter through planning and fetching as DeltaSync does, but in memory,
 * without a database and without waiting. For example:
 * {@code AdapterKit.of(MyAdapter::new).context(context).run()}.
 * <p>
 * Whatever would abort the run or violates the contract of {@code io.deltasync.api}
 * results in an {@link AssertionError} that explains the remedy. The kit is stricter than
 * a run: it fetches all scopes a second time in reverse order, and the first scope of
 * each planning call also on the instance that planned it. Each time a scope must have
 * the same records, in any order, and the same cursor. IMMEDIATE and LOCATOR are fetched
 * once, because their state may live in the instance that planned them.
 * <p>
 * Then all instances are closed, which must neither fail nor affect new instances. After
 * a successful run a {@link SourceAdapterForAcknowledge} is told of it, twice, each time
 * on a new instance.
 * <p>
 * The kit does not detect state that planning leaves in an object shared by all instances
 * unless fetching changes it. Not thread-safe.
 */
public final class AdapterKit {

	private static final int ROUNDS = 1000;

	private final Supplier<? extends SourceAdapter> adapters;

	private @Nullable Object options;

	private LinkContext context = LinkContext.builder().build();

	private @Nullable List<? extends Map<String, ? extends @Nullable Object>> rows;

	private int rounds = ROUNDS;

	private boolean fetchesOnce;

	private AdapterKit(Supplier<? extends SourceAdapter> adapters) {
		this.adapters = adapters;
	}

	/**
	 * Creates a kit for an adapter.
	 * @param adapters creates a new instance of the adapter at each call, as Spring does
	 * @return the kit
	 */
	public static AdapterKit of(Supplier<? extends SourceAdapter> adapters) {
		return new AdapterKit(adapters);
	}

	/**
	 * Sets the options that each instance is configured with.
	 * @param options the options, of the type that the adapter's {@code optionsType}
	 * returns
	 * @return this kit
	 */
	public AdapterKit options(Object options) {
		this.options = options;
		return this;
	}

	/**
	 * Sets the context that is passed to the adapter.
	 * @param context the context; the default is {@code LinkContext.builder().build()}
	 * @return this kit
	 */
	public AdapterKit context(LinkContext context) {
		this.context = context;
		return this;
	}

	/**
	 * Sets the result of the query given to {@link FetchStrategy#queryLocator}.
	 * @param rows the rows, each a map from column label to value; values may be null
	 * @return this kit
	 */
	public AdapterKit rows(List<? extends Map<String, ? extends @Nullable Object>> rows) {
		this.rows = rows;
		return this;
	}

	/**
	 * Sets the maximum number of planning calls, and of chained scopes.
	 * @param rounds a positive number; the default is 1,000
	 * @return this kit
	 * @throws IllegalArgumentException if the number is not positive
	 */
	public AdapterKit rounds(int rounds) {
		if (rounds < 1) {
			throw new IllegalArgumentException("rounds is %d; give 1 or more".formatted(rounds));
		}
		this.rounds = rounds;
		return this;
	}

	/**
	 * Disables the repeated fetching of scopes, for tests whose source returns its
	 * records only once. State that an adapter keeps between scopes is then not detected.
	 * @return this kit
	 */
	public AdapterKit fetchOnce() {
		this.fetchesOnce = true;
		return this;
	}

	/**
	 * Runs the adapter. May be called repeatedly; each call is a new run.
	 * @return the result, never null
	 * @throws AssertionError if the run would be aborted or the adapter violates its
	 * contract
	 */
	public AdapterRun run() {
		Instances<SourceAdapter> instances = new Instances<>("source adapter", "AdapterKit", this.adapters,
				this.options);
		return instances.closingAfter(() -> run(instances));
	}

	private AdapterRun run(Instances<SourceAdapter> instances) {
		Planned planned = new PlanningDriver(instances, this.context, this.rounds).plan();
		// as in a run, only IMMEDIATE is followed by a chain
		ScopeFetch fetch = new ScopeFetch(this.context, this.rows, planned.plan().strategy() == Strategy.IMMEDIATE);
		List<FetchedScope> fetched = new ScopeRunner(instances, fetch, this.rounds).fetch(planned);
		RepeatabilityCheck repeatability = new RepeatabilityCheck(instances, fetch);
		if (!this.fetchesOnce) {
			repeatability.check(fetched);
		}
		instances.close();
		if (!this.fetchesOnce && planned.last() instanceof AutoCloseable) {
			repeatability.checkAfterClose(fetched);
			instances.close();
		}
		AdapterRun run = new AdapterRun(this.context, planned, fetched);
		if (planned.last() instanceof SourceAdapterForAcknowledge && run.isSuccessful() && !this.context.testingMode()
				&& !this.context.isReplay()) {
			acknowledge(instances, fetched, "on a fresh instance");
			acknowledge(instances, fetched, "when it is called again for the same run");
			run.noteAcknowledged();
		}
		return run;
	}

	private void acknowledge(Instances<SourceAdapter> instances, List<FetchedScope> fetched, String circumstances) {
		SourceAdapter adapter = instances.fresh();
		List<Object> scopes = fetched.stream().<Object>mapMulti((scope, add) -> {
			if (scope.scope() != null) {
				add.accept(scope.scope());
			}
		}).toList();
		StaticFields statics = StaticFields.of("source adapter", adapter.getClass());
		try {
			new RunContext().call(() -> {
				((SourceAdapterForAcknowledge) adapter).runSucceeded(this.context, scopes);
				return true;
			});
		}
		catch (Exception ex) {
			throw new AssertionError(
					"runSucceeded of source adapter %s failed %s: %s; in a run that would be a warning, and it would be called again after the next success"
						.formatted(adapter.getClass().getName(), circumstances, ex),
					ex);
		}
		statics.requireUnchanged("runSucceeded");
		instances.close();
	}

}
