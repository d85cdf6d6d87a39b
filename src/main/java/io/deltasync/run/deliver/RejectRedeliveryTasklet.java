package io.deltasync.run.deliver;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.RunContext;
import io.deltasync.api.TargetUnavailableException;
import io.deltasync.codec.UnreadableScopeException;
import io.deltasync.event.ReplayOrigin;
import io.deltasync.expression.MissingPropertyException;
import io.deltasync.reject.Reject;
import io.deltasync.reject.RejectingRun;
import io.deltasync.reject.RejectsToDeliver;
import io.deltasync.reject.ScopeFailures;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.Steps;
import io.deltasync.run.retry.ConnectionFailures;
import io.deltasync.run.retry.Messages;
import io.deltasync.run.retry.RunEndsException;
import io.deltasync.run.retry.UnavailableException;
import io.deltasync.scope.EventCounts;
import io.deltasync.scope.IgnoredReasons;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Plans;
import io.deltasync.scope.Progress;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeProgress;
import io.deltasync.scope.Warnings;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Retries rejects from their stored original properties: those that an earlier attempt of
 * the run left, those that failed only because of other records, and acknowledged and
 * quarantined ones that are due; in a replay, those of the replayed event. Runs only
 * after everything was fetched, so that no old version of a record overwrites a new one.
 */
public class RejectRedeliveryTasklet implements Tasklet {

	private final ActiveRuns runs;

	private final Plans plans;

	private final ScopeProgress progress;

	private final EventCounts counts;

	private final Warnings warnings;

	private final RejectsToDeliver rejects;

	private final ScopeFailures scopeFailures;

	private final IgnoredReasons ignored;

	private final RunTransactions transactions;

	private final TargetSessions sessions;

	public RejectRedeliveryTasklet(ActiveRuns runs, Plans plans, ScopeProgress progress, EventCounts counts,
			Warnings warnings, RejectsToDeliver rejects, ScopeFailures scopeFailures, IgnoredReasons ignored,
			RunTransactions transactions, TargetSessions sessions) {
		this.runs = runs;
		this.plans = plans;
		this.progress = progress;
		this.counts = counts;
		this.warnings = warnings;
		this.rejects = rejects;
		this.scopeFailures = scopeFailures;
		this.ignored = ignored;
		this.transactions = transactions;
		this.sessions = sessions;
	}

	/**
	 * Whether rejects wait that the run may deliver, so that it needs this step.
	 * @param run a run that has fetched
	 * @return false if the step would do nothing
	 */
	public boolean isNeeded(ActiveRun run) {
		return !run.parameters().testing() && run.hasWaitingRejects();
	}

	@Override
	public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		JobExecution execution = contribution.getStepExecution().getJobExecution();
		ActiveRun run = this.runs.of(execution);
		Steps.abortOnError(run, contribution, () -> Steps.connected(run, () -> {
			if (isAllFetched(run, execution.getJobInstanceId())) {
				retry(run, run.rejecting(execution));
			}
		}));
		return RepeatStatus.FINISHED;
	}

	/**
	 * Whether all scopes were fetched. A scope that fails again in a replay does not
	 * prevent the retry of its rejects, unless an earlier attempt may have delivered
	 * records of it without storing that.
	 */
	private boolean isAllFetched(ActiveRun run, long event) {
		boolean failedToo = run.parameters().isReplay() && !run.isRestarted();
		return this.transactions.call(() -> {
			Plan plan = this.plans.find(event);
			Progress progress = this.progress.find(event);
			long fetched = progress.scopes().done() + (failedToo ? progress.scopes().failed() : 0);
			return plan.finished() && fetched == plan.nextOrdinal();
		});
	}

	private void retry(ActiveRun run, RejectingRun rejecting) throws Exception {
		if (!run.ending().mustEnd()) {
			try {
				retryAll(run, rejecting);
			}
			catch (RunEndsException ex) {
				// only a replay is unfinished if rejects are left
			}
		}
		ReplayOrigin replayed = run.parameters().replayed();
		if (replayed != null && run.ending().mustEnd()
				&& !read((after) -> toReplay(rejecting, replayed, after, 1), 0).isEmpty()) {
			run.ending().addUnfinished("all rejects were retried");
		}
	}

	private List<Reject> toReplay(RejectingRun rejecting, ReplayOrigin replayed, long after, int limit) {
		return this.rejects.toReplay(rejecting.link(), replayed.event(), rejecting.event(), after, limit);
	}

	private void retryAll(ActiveRun run, RejectingRun rejecting) throws Exception {
		int limit = run.context().batchSizeLimit();
		Instant now = this.transactions.now();
		retry(run, rejecting, true, false, (after) -> this.rejects.ofEarlierAttempts(rejecting, after, limit));
		if (!run.meetsEverything() && run.parameters().record() == null) {
			// otherwise, records that were not fetched no longer exist in the source
			retryOthers(run, rejecting, now, limit);
		}
		long delivered = 1;
		while (delivered > 0 && !run.ending().mustEnd()) {
			// each pass may write records that others depend on
			delivered = retry(run, rejecting, true, true, (after) -> this.rejects.toTryLast(rejecting, after, limit));
		}
	}

	private void retryOthers(ActiveRun run, RejectingRun rejecting, Instant now, int limit) throws Exception {
		ReplayOrigin replayed = run.parameters().replayed();
		// the source did not return these records in this run, so a full run may delete
		// them
		retry(run, rejecting, false, false, (after) -> (replayed == null)
				? this.rejects.due(rejecting, now, after, limit) : toReplay(rejecting, replayed, after, limit));
	}

	/** Returns the number of delivered records. */
	private long retry(ActiveRun run, RejectingRun rejecting, boolean met, boolean inAttempt,
			LongFunction<List<Reject>> next) throws Exception {
		List<Reject> rejects = read(next, 0);
		if (rejects.isEmpty()) {
			return 0;
		}
		long delivered = 0;
		try (TargetSession session = this.sessions.open(run, rejecting, met)) {
			while (!rejects.isEmpty() && !run.ending().mustEnd()) {
				List<Reject> batch = rejects;
				delivered += session.watch(() -> deliver(run, rejecting, batch, session, inAttempt));
				rejects = read(next, rejects.get(rejects.size() - 1).id());
			}
		}
		return delivered;
	}

	private List<Reject> read(LongFunction<List<Reject>> next, long after) {
		return this.transactions.call(() -> next.apply(after));
	}

	private long deliver(ActiveRun run, RejectingRun rejecting, List<Reject> rejects, TargetSession session,
			boolean inAttempt) throws Exception {
		RejectUpdater rejectUpdater = session.rejectUpdater();
		List<Reject> restored = new ArrayList<>();
		List<BatchRecord> batch = new ArrayList<>();
		for (Reject reject : rejects) {
			try {
				batch.add(new BatchRecord(reject.restore(rejectUpdater.codec()), reject,
						reject.lastEvent() == rejecting.event()));
				restored.add(reject);
			}
			catch (UnreadableScopeException ex) {
				this.transactions.run(() -> this.rejects.cannotRestore(reject.id(), Messages.of(ex)));
			}
		}
		run.lease().checkLocally();
		RunContext callContext = run.targetContext();
		try {
			callContext.<@Nullable Void>call(() -> {
				session.delivery().deliver(batch);
				return null;
			});
		}
		catch (AbortRunException ex) {
			if (ex instanceof UnavailableException || ex instanceof TargetUnavailableException
					|| ConnectionFailures.isOutage(ex)) {
				throw ex;
			}
			if (restored.size() > 1) {
				long delivered = 0;
				for (Reject reject : restored) {
					delivered += deliver(run, rejecting, List.of(reject), session, inAttempt);
				}
				return delivered;
			}
			// concerns only an old record: those that were fetched have been delivered
			batch.get(0).record.addError(reason(ex, rejecting.link()));
		}
		rejectUpdater.findRows(batch);
		run.lease().checkLocally();
		this.transactions.run(() -> {
			RecordCounts counts = store(rejecting.event(), restored, batch, rejectUpdater, inAttempt);
			this.counts.addRetried(rejecting.event(), counts);
			this.warnings.add(rejecting.event(), callContext.warnings());
			run.lease().lockAndVerify();
		});
		run.counters().tally(BatchRecord.count(batch));
		return batch.stream().filter(BatchRecord::isDelivered).count();
	}

	private static String reason(AbortRunException ex, String link) {
		return (ex instanceof MissingPropertyException)
				? ("%s. The record was stored with the properties that were read when it failed; 'trace %s KEY --deliver' "
						+ "fetches and delivers it, and so does a full run")
					.formatted(Messages.of(ex), link)
				: Messages.of(ex);
	}

	/**
	 * Stores the outcome of retried records. It also applies to the other scopes of the
	 * run in which the same record failed.
	 */
	private RecordCounts store(long event, List<Reject> rejects, List<BatchRecord> batch, RejectUpdater rejectUpdater,
			boolean inAttempt) {
		Map<Long, List<ScopeFailures.Other>> others = this.scopeFailures
			.ending(event, rejects.stream().map(Reject::id).toList())
			.stream()
			.collect(Collectors.groupingBy(ScopeFailures.Other::reject));
		rejectUpdater.update(batch);
		RecordCounts counts = RecordCounts.NONE;
		for (int i = 0; i < batch.size(); i++) {
			Reject reject = rejects.get(i);
			BatchRecord batchRecord = batch.get(i);
			List<ScopeFailures.Other> elsewhere = others.getOrDefault(reject.id(), List.of());
			counts = counts.plus(change(reject.lastEvent() == event, reject.acknowledged(), batchRecord, inAttempt));
			countReason(event, batchRecord);
			for (ScopeFailures.Other other : elsewhere) {
				counts = counts.plus(change(true, other.acknowledged(), batchRecord, inAttempt));
				countReason(event, batchRecord);
			}
			if (!batchRecord.record.isFailed()) {
				this.scopeFailures.delete(event, elsewhere);
			}
			else if (batchRecord.acknowledged && !inAttempt) {
				this.scopeFailures.acknowledge(event, elsewhere);
			}
		}
		return counts;
	}

	private void countReason(long event, BatchRecord batchRecord) {
		String reason = batchRecord.record.ignoreReason();
		if (reason != null && !batchRecord.record.isFailed()) {
			this.ignored.addRetried(event, IgnoredReasons.of(reason));
		}
	}

	/**
	 * Returns the change of the counts. A record that the run has counted as failed is
	 * not fetched again, but its count changes.
	 * @param counted whether the run has counted the record
	 * @param acknowledgedBefore whether the run has counted the record as acknowledged
	 * @param inAttempt whether the same attempt of the run has counted the record
	 */
	private static RecordCounts change(boolean counted, boolean acknowledgedBefore, BatchRecord batchRecord,
			boolean inAttempt) {
		boolean failed = batchRecord.record.isFailed();
		// a repeated failure in the same attempt is not stored as another one, so its
		// acknowledgement does not change
		boolean acknowledged = inAttempt ? acknowledgedBefore : batchRecord.acknowledged;
		return new RecordCounts(counted ? 0 : 1, batchRecord.isDelivered() ? 1 : 0,
				(batchRecord.isDelivered() && batchRecord.record.isCreated()) ? 1 : 0,
				(failed ? 1 : 0) - (counted ? 1 : 0), 0, (!failed && batchRecord.record.isIgnored()) ? 1 : 0,
				(!failed && batchRecord.dropped) ? 1 : 0,
				(failed && acknowledged ? 1 : 0) - (counted && acknowledgedBefore ? 1 : 0));
	}

}
