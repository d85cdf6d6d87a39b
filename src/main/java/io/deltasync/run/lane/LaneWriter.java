package io.deltasync.run.lane;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.deltasync.api.RunContext;
import io.deltasync.lease.LeaseLostException;
import io.deltasync.link.Link;
import io.deltasync.inbox.InboxDelivery;
import io.deltasync.reject.RejectChanges;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.deliver.BatchRecord;
import io.deltasync.run.deliver.OpenScope;
import io.deltasync.run.deliver.LaneSession;
import io.deltasync.run.fetch.PushedScopes;
import io.deltasync.scope.IgnoredReasons;
import io.deltasync.scope.LaneHolder;
import io.deltasync.scope.PageProgress;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Plans;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopePages;
import io.deltasync.scope.ScopeProgress;
import org.jspecify.annotations.Nullable;

/**
 * The delivering half of a lane. Delivers its batches one after the other on a separate
 * thread and stores the lane's progress after each, so that the next batch is fetched
 * while one is written. At most one batch is being delivered, so memory is limited to two
 * batches. Its methods are called by the lane's thread.
 */
final class LaneWriter implements AutoCloseable {

	private final ActiveRun run;

	private final long event;

	private final LaneHolder lane;

	private final LaneSession session;

	private final Plans plans;

	private final ScopePages pages;

	private final ScopeProgress progress;

	private final IgnoredReasons ignored;

	private final RejectChanges rejects;

	private final InboxDelivery inbox;

	private final RunTransactions transactions;

	private final ExecutorService thread;

	/**
	 * Scopes whose end is not stored. Like the counts, used only by the writer's thread.
	 */
	private final List<OpenScope> unstored = new ArrayList<>();

	private RecordCounts delivered = RecordCounts.NONE;

	private @Nullable Future<?> pending;

	LaneWriter(ActiveRun run, long event, LaneHolder lane, LaneSession session, Plans plans, ScopePages pages,
			ScopeProgress progress, IgnoredReasons ignored, RejectChanges rejects, InboxDelivery inbox,
			RunTransactions transactions) {
		this.run = run;
		this.event = event;
		this.lane = lane;
		this.session = session;
		this.plans = plans;
		this.pages = pages;
		this.progress = progress;
		this.ignored = ignored;
		this.rejects = rejects;
		this.inbox = inbox;
		this.transactions = transactions;
		this.thread = Executors.newSingleThreadExecutor((task) -> new Thread(task, lane.lane() + "-writer"));
	}

	/**
	 * Starts to deliver a batch, after the previous one is delivered and there is memory
	 * for it.
	 * @param batch the batch, which the writer owns from now on
	 * @throws Exception if the previous batch failed and the run cannot continue
	 */
	void write(Batch batch) throws Exception {
		Runnable release = batch.reserve(this.run.ending()::mustEnd);
		try {
			await();
		}
		catch (Exception | Error ex) {
			release.run();
			throw ex;
		}
		RunContext callContext = this.run.targetContext();
		this.pending = this.thread.submit(() -> this.run.waits().writing(() -> callContext.<@Nullable Void>call(() -> {
			try {
				this.session.watch(() -> deliver(batch, callContext));
			}
			finally {
				release.run();
			}
			return null;
		})));
	}

	/**
	 * Waits until the batch that was handed over is delivered and stored.
	 * @throws Exception if the batch failed and the run cannot continue
	 */
	void await() throws Exception {
		Future<?> awaited = this.pending;
		if (awaited != null) {
			this.pending = null;
			try {
				awaited.get();
			}
			catch (ExecutionException ex) {
				if (ex.getCause() instanceof Error error) {
					throw error;
				}
				throw (ex.getCause() instanceof Exception cause) ? cause : ex;
			}
		}
	}

	/**
	 * Throws the failure of a batch now instead of with the next batch, because there may
	 * be none.
	 */
	void throwIfFailed() throws Exception {
		Future<?> current = this.pending;
		if (current != null && current.isDone()) {
			await();
		}
	}

	/**
	 * Returns the counts of the completed scopes. Call it when no batch is being
	 * delivered.
	 */
	RecordCounts delivered() {
		return this.delivered;
	}

	/** Delivers a batch, and stores its outcome only after that. */
	private @Nullable Void deliver(Batch batch, RunContext callContext) throws Exception {
		this.run.lease().checkLocally();
		this.session.process(batch.records());
		this.unstored.addAll(batch.openedScopes());
		this.run.lease().checkLocally();
		List<Runnable> savepoints = this.unstored.stream().map(OpenScope::savepoint).toList();
		List<PageProgress> reached = this.transactions.call(() -> {
			// an attempt that was rolled back has already counted
			savepoints.forEach(Runnable::run);
			return store(batch, callContext);
		});
		reached.forEach((page) -> this.delivered = this.delivered.plus(page.closed()));
		RecordCounts counts = batch.counts();
		this.run.counters().count(counts);
		this.unstored.removeIf(OpenScope::isAtEnd);
		this.run.counters()
			.rejectShare()
			.count(counts, () -> BatchRecord.describeFailure(batch.records(), this.run.link().mask()));
		return null;
	}

	private List<PageProgress> store(Batch batch, RunContext callContext) {
		this.run.lease().verify();
		this.session.store(batch.records());
		batch.records().forEach((batchRecord) -> Objects.requireNonNull(batchRecord.scope).count(batchRecord));
		batch.completions().forEach(Runnable::run);
		if (!this.unstored.isEmpty()) {
			this.unstored.get(this.unstored.size() - 1).addWarningsOf(callContext);
		}
		List<PageProgress> reached = LaneProgress.of(this.unstored);
		for (PageProgress page : reached) {
			if (!this.progress.save(page, this.lane)) {
				// suspended since the verification: another process has acquired the Link
				// and released the page
				throw new LeaseLostException(this.run.link().name());
			}
		}
		this.ignored.save(this.event, ignoredReasons());
		if (this.run.link().takesPushes() && !this.run.isTesting()) {
			this.inbox.delivered(this.run.link().name(), this.event, deliveredPushes(),
					this.transactions.clock().instant());
		}
		// a scope that failed at its end is fetched again and then continues the chain
		if (batch.chained() != null && this.unstored.stream().noneMatch((scope) -> scope.failure() != null)) {
			Plan plan = this.plans.find(this.event);
			this.plans.save(this.event, this.pages.append(this.event, plan, List.of(batch.chained()), 1));
		}
		return reached;
	}

	/**
	 * Returns the requests that need not be read again: their records are delivered, or
	 * rejects that are retried on their own.
	 */
	private List<Long> deliveredPushes() {
		List<OpenScope> ended = this.unstored.stream()
			.filter((scope) -> scope.isAtEnd() && scope.failure() == null)
			.toList();
		Set<Long> open = ended.stream().allMatch((scope) -> scope.counts().failing() == 0) ? Set.of()
				: this.rejects.openScopes(this.run.link().name(), this.event);
		return ended.stream()
			.filter((scope) -> !open.contains(scope.entry().ordinal()))
			.map((scope) -> PushedScopes.id(scope.entry()))
			.toList();
	}

	private Map<Long, Map<String, Long>> ignoredReasons() {
		Map<Long, Map<String, Long>> reasons = new LinkedHashMap<>();
		for (OpenScope scope : this.unstored) {
			if (!scope.ignoredReasons().isEmpty()) {
				reasons.put(scope.entry().ordinal(), scope.ignoredReasons());
			}
		}
		return reasons;
	}

	/**
	 * Waits for the batch that is being delivered, so that nothing is written after the
	 * lane has ended.
	 */
	@Override
	public void close() {
		this.thread.shutdown();
		boolean interrupted = false;
		try {
			while (!this.thread.isTerminated()) {
				try {
					this.thread.awaitTermination(1, TimeUnit.MINUTES);
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
