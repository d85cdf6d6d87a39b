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
import io.deltasync.reject.Reject;
import io.deltasync.reject.RejectingRun;
import io.deltasync.reject.ScopeFailures;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunStorage;
import io.deltasync.run.Steps;
import io.deltasync.run.retry.ConnectionFailures;
import io.deltasync.run.retry.Messages;
import io.deltasync.run.retry.RunEndsException;
import io.deltasync.run.retry.UnavailableException;
import io.deltasync.scope.IgnoredReasons;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Progress;
import io.deltasync.scope.RecordCounts;
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

	private final RunStorage stores;

	public RejectRedeliveryTasklet(ActiveRuns runs, RunStorage stores) {
		this.runs = runs;
		this.stores = stores;
	}

	@Override
	public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		JobExecution execution = contribution.getStepExecution().getJobExecution();
		ActiveRun run = this.runs.of(execution);
		Steps.abortOnError(run, contribution, () -> Steps.connected(run, () -> {
			if (!run.parameters().testing() && run.hasWaitingRejects()
					&& isAllFetched(run, execution.getJobInstanceId())) {
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
		boolean failedToo = run.parameters().replayed() != null && !run.isRestarted();
		return Boolean.TRUE.equals(this.stores.transaction().execute((status) -> {
			Plan plan = this.stores.plans().find(event);
			Progress progress = this.stores.progress().find(event);
			long fetched = progress.scopes().done() + (failedToo ? progress.scopes().failed() : 0);
			return plan.finished() && fetched == plan.nextOrdinal();
		}));
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
		return this.stores.rejects().toReplay(rejecting.link(), replayed.event(), rejecting.event(), after, limit);
	}

	private void retryAll(ActiveRun run, RejectingRun rejecting) throws Exception {
		int limit = run.context().batchSizeLimit();
		Instant now = this.stores.now();
		retry(run, rejecting, true, false, (after) -> this.stores.rejects().ofEarlierAttempts(rejecting, after, limit));
		if (!run.meetsEverything()) {
			// otherwise, records that were not fetched no longer exist in the source
			retryOthers(run, rejecting, now, limit);
		}
		long delivered = 1;
		while (delivered > 0 && !run.ending().mustEnd()) {
			// each pass may write records that others depend on
			delivered = retry(run, rejecting, true, true,
					(after) -> this.stores.rejects().toTryLast(rejecting, after, limit));
		}
	}

	private void retryOthers(ActiveRun run, RejectingRun rejecting, Instant now, int limit) throws Exception {
		ReplayOrigin replayed = run.parameters().replayed();
		// the source did not return these records in this run, so a full run may delete
		// them
		retry(run, rejecting, false, false,
				(after) -> (replayed == null) ? this.stores.rejects().due(rejecting, now, after, limit)
						: toReplay(rejecting, replayed, after, limit));
	}

	/** Returns the number of delivered records. */
	private long retry(ActiveRun run, RejectingRun rejecting, boolean met, boolean inAttempt,
			LongFunction<List<Reject>> next) throws Exception {
		List<Reject> rejects = read(next, 0);
		if (rejects.isEmpty()) {
			return 0;
		}
		long delivered = 0;
		DeliveryIndex index = new DeliveryIndex(run, rejecting.event(), met, this.stores);
		RejectUpdater rejectUpdater = new RejectUpdater(run, rejecting, this.stores, index);
		Delivery delivery = Delivery.of(run, rejectUpdater);
		try {
			LateWriteGuard lateWrites = new LateWriteGuard(run, rejecting.event(), this.stores);
			while (!rejects.isEmpty() && !run.ending().mustEnd()) {
				List<Reject> batch = rejects;
				delivered += lateWrites.watch(delivery, index,
						() -> deliver(run, rejecting, batch, delivery, rejectUpdater, inAttempt));
				rejects = read(next, rejects.get(rejects.size() - 1).id());
			}
		}
		finally {
			this.stores.addWarnings(run.lease(), rejecting.event(), delivery.close());
		}
		return delivered;
	}

	private List<Reject> read(LongFunction<List<Reject>> next, long after) {
		return this.stores.transaction().execute((status) -> next.apply(after));
	}

	private long deliver(ActiveRun run, RejectingRun rejecting, List<Reject> rejects, Delivery delivery,
			RejectUpdater rejectUpdater, boolean inAttempt) throws Exception {
		List<Reject> restored = new ArrayList<>();
		List<BatchRecord> batch = new ArrayList<>();
		for (Reject reject : rejects) {
			try {
				batch.add(new BatchRecord(reject.restore(rejectUpdater.codec()), reject,
						reject.lastEvent() == rejecting.event()));
				restored.add(reject);
			}
			catch (UnreadableScopeException ex) {
				this.stores.transaction()
					.executeWithoutResult(
							(status) -> this.stores.rejects().cannotRestore(reject.id(), Messages.of(ex)));
			}
		}
		run.lease().checkLocally();
		RunContext callContext = run.targetContext();
		try {
			callContext.<@Nullable Void>call(() -> {
				delivery.deliver(batch);
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
					delivered += deliver(run, rejecting, List.of(reject), delivery, rejectUpdater, inAttempt);
				}
				return delivered;
			}
			// concerns only an old record: those that were fetched have been delivered
			batch.get(0).record.addError(Messages.of(ex));
		}
		rejectUpdater.findRows(batch);
		run.lease().checkLocally();
		this.stores.transaction().executeWithoutResult((status) -> {
			RecordCounts counts = store(rejecting.event(), restored, batch, rejectUpdater, inAttempt);
			this.stores.counts().addRetried(rejecting.event(), counts);
			this.stores.warnings().add(rejecting.event(), callContext.warnings());
			run.lease().lockAndVerify();
		});
		run.counters().tally(BatchRecord.count(batch));
		return batch.stream().filter(BatchRecord::isDelivered).count();
	}

	/**
	 * Stores the outcome of retried records. It also applies to the other scopes of the
	 * run in which the same record failed.
	 */
	private RecordCounts store(long event, List<Reject> rejects, List<BatchRecord> batch, RejectUpdater rejectUpdater,
			boolean inAttempt) {
		ScopeFailures scopes = this.stores.rejects().scopeFailures();
		Map<Long, List<ScopeFailures.Other>> others = scopes.ending(event, rejects.stream().map(Reject::id).toList())
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
				scopes.delete(event, elsewhere);
			}
			else if (batchRecord.acknowledged && !inAttempt) {
				scopes.acknowledge(event, elsewhere);
			}
		}
		return counts;
	}

	private void countReason(long event, BatchRecord batchRecord) {
		String reason = batchRecord.record.ignoreReason();
		if (reason != null && !batchRecord.record.isFailed()) {
			this.stores.ignored().addRetried(event, IgnoredReasons.of(reason));
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
