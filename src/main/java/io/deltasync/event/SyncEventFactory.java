package io.deltasync.event;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.deltasync.event.StoredRun.StoredExecution;
import io.deltasync.event.SyncEvent.Attempt;
import io.deltasync.event.SyncEvent.Failure;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.lease.Leases;
import io.deltasync.reject.RecordFailure;
import io.deltasync.reject.Rejects;
import io.deltasync.scope.FailedScopes;
import io.deltasync.scope.IgnoredReason;
import io.deltasync.scope.IgnoredReasons;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Plans;
import io.deltasync.verified.Verification;
import org.jspecify.annotations.Nullable;

/**
 * Creates Sync Events from stored runs and from what is stored about their scopes and
 * records. Thread-safe.
 */
final class SyncEventFactory {

	private final StoredRuns runs;

	private final Plans plans;

	private final FailedScopes failedScopes;

	private final RunSummaries summaries;

	private final IgnoredReasons ignored;

	private final Rejects rejects;

	private final FailedRecords failed;

	private final OwedSuccesses owed;

	private final Leases leases;

	SyncEventFactory(StoredRuns runs, Plans plans, FailedScopes failedScopes, RunSummaries summaries,
			IgnoredReasons ignored, Rejects rejects, FailedRecords failed, OwedSuccesses owed, Leases leases) {
		this.runs = runs;
		this.plans = plans;
		this.failedScopes = failedScopes;
		this.summaries = summaries;
		this.ignored = ignored;
		this.rejects = rejects;
		this.failed = failed;
		this.owed = owed;
		this.leases = leases;
	}

	/** Returns an event with all reasons for ignored records. */
	SyncEvent full(StoredRun run) {
		return event(run, (summary) -> allReasons(run, summary));
	}

	/** Returns the same event with the state of its planning. */
	PlannedEvent planned(StoredRun read) {
		Observed observed = observe(read);
		StoredRun run = observed.run();
		return new PlannedEvent(event(observed, (summary) -> allReasons(run, summary)),
				run.isRunning() ? observed.plan() : this.plans.find(run.id()));
	}

	/**
	 * Returns an event of a list. Reads the reasons from the summary if it has them, so
	 * that the list does not add them up again.
	 */
	SyncEvent listed(StoredRun run) {
		return event(run,
				(summary) -> (summary.ignoredReasons() != null) ? summary.ignoredReasons() : allReasons(run, summary));
	}

	private List<IgnoredReason> allReasons(StoredRun run, RunSummary summary) {
		return this.ignored.find(run.id(), summary.records().ignored(), IgnoredReasons.MAX_REASONS);
	}

	/**
	 * Finds out whether a run is in progress. One that has ended after it was read no
	 * longer holds its Link, and would look like one whose process died: it is read
	 * again.
	 */
	Observed observe(StoredRun read) {
		if (!read.isRunning() || this.leases.isHeld(read.link())) {
			return observed(read, true);
		}
		StoredRun again = this.runs.find(read.id()).orElse(read);
		return observed(again, again.last().id() != read.last().id());
	}

	private Observed observed(StoredRun run, boolean held) {
		return new Observed(run, held, run.isRunning() ? this.plans.find(run.id()) : Plan.NONE);
	}

	private SyncEvent event(StoredRun read, Function<RunSummary, List<IgnoredReason>> reasons) {
		return event(observe(read), reasons);
	}

	private SyncEvent event(Observed observed, Function<RunSummary, List<IgnoredReason>> reasons) {
		StoredRun run = observed.run();
		RunParameters parameters = run.parameters();
		StoredExecution last = run.last();
		RunSummary summary = run.isRunning() ? this.summaries.live(run.id(), observed.plan()) : run.summary();
		if (summary == null) {
			summary = this.summaries.live(run.id(), this.plans.find(run.id()));
		}
		boolean success = run.isSuccessful();
		return new SyncEvent(run.id(), run.link(), parameters.mode(), parameters.testing(), parameters.trigger(),
				status(observed), success, parameters.runTimestamp(), parameters.windowStart(),
				parameters.cursorBefore(), run.movesWindow() ? summary.cursorAfter() : keptCursor(run),
				summary.strategy(), summary.expectedTotalRecords(), summary.scopes(), summary.records(),
				(success && failed(summary) == 0) ? List.of() : failures(run, summary), warnings(run, summary),
				run.executions()
					.stream()
					.map((execution) -> new Attempt(execution.id(), execution.status().name(),
							instant(execution.startTime()), instant(execution.endTime())))
					.toList(),
				instant(run.executions().get(0).startTime()), run.isRunning() ? null : instant(last.endTime()),
				(parameters.replayed() != null) ? parameters.replayed().event() : null, reasons.apply(summary),
				summary.deleted(), verification(run, summary));
	}

	private @Nullable Verification verification(StoredRun run, RunSummary summary) {
		if (!run.parameters().isVerification() || summary.verification() != null) {
			return summary.verification();
		}
		return this.summaries.verification(run.id(), run.parameters().verification(), summary.records());
	}

	private static long failed(RunSummary summary) {
		return summary.records().failed() + summary.deletesFailed();
	}

	private static @Nullable String keptCursor(StoredRun run) {
		return (run.isSuccessful() && run.parameters().isKeeping()) ? run.parameters().cursorBefore() : null;
	}

	/** Adds the warnings that follow from the parameters, and lists them first. */
	private List<String> warnings(StoredRun run, RunSummary summary) {
		Identities identities = run.parameters().identities();
		List<String> warnings = new ArrayList<>();
		if (run.parameters().isKeeping() && identities.run() != null && identities.last() != null) {
			identities.run()
				.changesSince(identities.last())
				.forEach((change) -> warnings.add("the window was kept although " + change));
		}
		else if (run.parameters().mode() == Mode.DELTA && identities.isReshaped()) {
			warnings.add(Identities.reshaped(run.link()));
		}
		else if (run.parameters().mode() == Mode.DELTA && identities.hasOtherProperties()) {
			warnings.add(Identities.otherProperties(run.link()));
		}
		String same = Identities.sameData(identities.run());
		if (same != null) {
			warnings.add(same);
		}
		warnings.addAll(summary.warnings());
		if (run.isSuccessful()) {
			this.owed.problems(run.id())
				.forEach((problem) -> warnings
					.add("the source could not be told of this success; this is retried after the next one: "
							+ problem));
		}
		return List.copyOf(warnings);
	}

	Status status(Observed observed) {
		StoredRun run = observed.run();
		StoredExecution last = run.last();
		if (run.isRunning()) {
			if (!observed.held()) {
				return Status.CRASHED;
			}
			Plan plan = observed.plan();
			return plan.finished() ? Status.FETCHING : (plan.delayedUntil() != null) ? Status.DELAYED : Status.PLANNING;
		}
		return switch (last.status()) {
			case COMPLETED -> Status.COMPLETED;
			case STOPPED -> Status.STOPPED;
			default -> Outcome.COMPLETED_WITH_FAILURES.name().equals(last.exitCode()) ? Status.COMPLETED
					: Outcome.CRASHED.name().equals(last.exitCode()) ? Status.CRASHED : Status.ABORTED;
		};
	}

	private List<Failure> failures(StoredRun run, RunSummary summary) {
		List<Failure> failures = new ArrayList<>();
		StoredExecution last = run.last();
		if (!run.isRunning() && last.exitMessage() != null && !last.exitMessage().isBlank()
				&& (!Outcome.COMPLETED_WITH_FAILURES.name().equals(last.exitCode())
						|| (summary.scopes().failed() == 0 && summary.records().failing() == 0))) {
			failures.add(new Failure(Failure.Level.SYSTEM, null, null, last.exitMessage()));
		}
		if (summary.scopes().failed() > 0) {
			this.failedScopes.find(run.id(), SyncEvent.MAX_ERRORS)
				.forEach((scope) -> failures
					.add(new Failure(Failure.Level.SCOPE, scope.scope().ordinal(), null, scope.message())));
		}
		records(run, summary).forEach((record) -> failures
			.add(new Failure(Failure.Level.RECORD, record.scope(), record.key(), record.message())));
		return List.copyOf(failures.subList(0, Math.min(failures.size(), SyncEvent.MAX_ERRORS)));
	}

	/**
	 * Reads the current failures of a running run, and the stored ones of a run that has
	 * ended.
	 */
	private List<RecordFailure> records(StoredRun run, RunSummary summary) {
		int limit = (int) Math.min(failed(summary), SyncEvent.MAX_ERRORS);
		if (limit == 0) {
			return List.of();
		}
		if (run.isRunning()) {
			return this.rejects.failing(run.link(), run.id(), limit);
		}
		List<RecordFailure> kept = this.failed.find(run.id());
		return kept.isEmpty() ? this.rejects.metLast(run.link(), run.id(), limit) : kept;
	}

	/** Spring Batch stores the local time of its JVM; DeltaSync's own JVMs run in UTC. */
	private static @Nullable Instant instant(@Nullable LocalDateTime time) {
		return (time != null) ? time.atZone(ZoneId.systemDefault()).toInstant() : null;
	}

	/**
	 * A run, read before its lease.
	 *
	 * @param run the run
	 * @param held whether its Link was held if it had not ended
	 * @param plan its plan if it had not ended
	 */
	record Observed(StoredRun run, boolean held, Plan plan) {

	}

}
