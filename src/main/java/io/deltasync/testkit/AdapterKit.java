package io.deltasync.testkit;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.SourceAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Runs a source adapter through planning and fetching as DeltaSync does, but in memory,
 * without a database and without waiting:
 * {@code AdapterKit.of(MyAdapter::new).context(context).run()}.
 * <p>
 * What would abort the run, and whatever breaks the contract of {@code io.deltasync.api},
 * is an {@link AssertionError} that says what to do about it. Besides what a run notices,
 * each scope is fetched again: backward, and the first one of each planning call on the
 * instance that planned it. Its records must be the same as before, in any order, and so
 * must its cursor. IMMEDIATE and LOCATOR are fetched once, since what they fetch may live
 * in the instance that planned it.
 * <p>
 * State that planning leaves behind in an object which all instances share is not seen as
 * long as fetching does not change it. Not thread-safe.
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
	 * Starts a test.
	 * @param adapters makes a fresh instance of the adapter each time it is asked, as
	 * Spring does
	 * @return the kit
	 */
	public static AdapterKit of(Supplier<? extends SourceAdapter> adapters) {
		return new AdapterKit(adapters);
	}

	/**
	 * Sets what each instance is configured with.
	 * @param options the options, of the type that the adapter names
	 * @return this kit
	 */
	public AdapterKit options(Object options) {
		this.options = options;
		return this;
	}

	/**
	 * Sets what the adapter is told.
	 * @param context the context; {@code LinkContext.builder().build()} unless given
	 * @return this kit
	 */
	public AdapterKit context(LinkContext context) {
		this.context = context;
		return this;
	}

	/**
	 * Sets what the query of {@link FetchStrategy#queryLocator} yields.
	 * @param rows the rows, each from column label to value
	 * @return this kit
	 */
	public AdapterKit rows(List<? extends Map<String, ? extends @Nullable Object>> rows) {
		this.rows = rows;
		return this;
	}

	/**
	 * Sets how many planning calls, and how many chained scopes, are too many.
	 * @param rounds a positive number; 1,000 unless given
	 * @return this kit
	 */
	public AdapterKit rounds(int rounds) {
		if (rounds < 1) {
			throw new IllegalArgumentException("rounds is %d; give 1 or more".formatted(rounds));
		}
		this.rounds = rounds;
		return this;
	}

	/**
	 * Does without fetching each scope again: for a test whose source hands everything
	 * out only once. State kept between scopes is then not noticed.
	 * @return this kit
	 */
	public AdapterKit fetchOnce() {
		this.fetchesOnce = true;
		return this;
	}

	/**
	 * Runs the adapter.
	 * @return what came of it
	 * @throws AssertionError when the run would be aborted, or the adapter breaks its
	 * contract
	 */
	public AdapterRun run() {
		Instances instances = new Instances(this.adapters, this.options);
		AdapterRun run;
		try {
			run = run(instances);
		}
		catch (RuntimeException | Error ex) {
			closeAfter(ex, instances);
			throw ex;
		}
		instances.close();
		return run;
	}

	private static void closeAfter(Throwable failure, Instances instances) {
		try {
			instances.close();
		}
		catch (AssertionError ex) {
			failure.addSuppressed(ex);
		}
	}

	private AdapterRun run(Instances instances) {
		Planned planned = new PlanningDriver(instances, this.context, this.rounds).plan();
		// as in a run, only IMMEDIATE is followed by a chain
		ScopeFetch fetch = new ScopeFetch(this.context, this.rows, planned.plan().strategy().equals("IMMEDIATE"));
		List<FetchedScope> fetched = new ScopeRunner(instances, fetch, this.rounds).fetch(planned);
		if (!this.fetchesOnce) {
			new RepeatabilityCheck(instances, fetch).check(fetched);
		}
		return new AdapterRun(this.context, planned, fetched);
	}

}
