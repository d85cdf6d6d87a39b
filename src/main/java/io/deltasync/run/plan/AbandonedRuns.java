package io.deltasync.run.plan;

import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.SourceAdapterForAbandonment;
import io.deltasync.codec.UnreadableScopeException;
import io.deltasync.codec.ValueCodec;
import io.deltasync.event.Mode;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.EventWarnings;
import io.deltasync.run.LinkContexts;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.retry.Instances;
import io.deltasync.run.retry.Messages;
import io.deltasync.run.retry.RunEndsException;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Plans;
import io.deltasync.scope.ScopePages;
import org.jspecify.annotations.Nullable;

/**
 * Tells sources that the run before was not successful and will not be restarted, since
 * only the newest run of a Link can be. Thread-safe.
 */
public final class AbandonedRuns {

	/** How many runs that fetch no window are passed over. */
	private static final int RUNS_PASSED = 3;

	private final SyncEvents events;

	private final Plans plans;

	private final ScopePages pages;

	private final EventWarnings warnings;

	private final RunTransactions transactions;

	/**
	 * Creates the notifications.
	 * @param events the Sync Events
	 * @param plans the plans of all runs
	 * @param pages the scopes of all runs
	 * @param warnings stores warnings
	 * @param transactions the transactions of runs
	 */
	public AbandonedRuns(SyncEvents events, Plans plans, ScopePages pages, EventWarnings warnings,
			RunTransactions transactions) {
		this.events = events;
		this.plans = plans;
		this.pages = pages;
		this.warnings = warnings;
		this.transactions = transactions;
	}

	/**
	 * Tells the source of a run that begins about the run before, if that was not
	 * successful and this one fetches its window. A failure of that call does not fail
	 * the run.
	 */
	void tell(ActiveRun run, long event) {
		if (!run.parameters().mode().movesWindow()
				|| !SourceAdapterForAbandonment.class.isAssignableFrom(run.link().sourceType())) {
			return;
		}
		Optional<SyncEvent> before = this.transactions
			.call(() -> this.events.before(run.link().name(), run.parameters().runTimestamp(), RUNS_PASSED))
			.stream()
			.filter((earlier) -> earlier.mode().movesWindow() && !earlier.testing())
			.findFirst();
		// a delta run does not fetch what is left of a full one
		if (before.isEmpty() || before.get().success()
				|| (before.get().mode() == Mode.FULL && run.parameters().mode() != Mode.FULL)) {
			return;
		}
		String problem = call(run, before.get().id());
		if (problem != null) {
			this.warnings.add(run.lease(), event,
					List.of("Event %d was not successful, and runAbandoned of its source failed: %s"
						.formatted(before.get().id(), problem)));
		}
	}

	private @Nullable String call(ActiveRun run, long event) {
		RunParameters parameters = this.transactions.call(() -> this.events.parameters(event)).orElse(null);
		if (parameters == null || !isSameSource(run.parameters(), parameters)) {
			return null;
		}
		LinkContext context = LinkContexts.of(run.link(), parameters);
		RunContext callContext = new RunContext();
		try {
			run.waits()
				.<@Nullable Void>reading(() -> callContext
					.call(() -> Instances.<SourceAdapter, @Nullable Void>use(run.link().newSource(), (source) -> {
						((SourceAdapterForAbandonment) source).runAbandoned(context, scopes(event, source));
						return null;
					})));
			return callContext.warnings().isEmpty() ? null : String.join("; ", callContext.warnings());
		}
		catch (RunEndsException ex) {
			throw ex;
		}
		catch (Exception ex) {
			return Messages.of(ex);
		}
	}

	/** A scope of another source must not be given to this one. */
	private static boolean isSameSource(RunParameters now, RunParameters then) {
		return now.identities().run() != null && then.identities().run() != null
				&& Objects.equals(now.identities().run().source(), then.identities().run().source());
	}

	private Iterable<Object> scopes(long event, SourceAdapter source) {
		Plan plan = this.transactions.call(() -> this.plans.find(event));
		Iterable<Object> fetched = new FetchedScopes(event, source, this.pages, this.transactions);
		return () -> all(plan.planningScope(), source, fetched);
	}

	private static Iterator<Object> all(@Nullable String planned, SourceAdapter source, Iterable<Object> fetched) {
		return Stream
			.concat(Stream.ofNullable(planned).map((text) -> read(source, text)),
					StreamSupport.stream(fetched.spliterator(), false))
			.iterator();
	}

	private static Object read(SourceAdapter source, String text) {
		try {
			return new ValueCodec(source).read(text);
		}
		catch (UnreadableScopeException ex) {
			throw new IllegalStateException(ex.getMessage(), ex);
		}
	}

}
