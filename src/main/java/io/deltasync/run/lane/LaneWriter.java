package io.deltasync.run.lane;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.deltasync.api.RunContext;
import io.deltasync.lease.LeaseLostException;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunStorage;
import io.deltasync.run.deliver.BatchRecord;
import io.deltasync.run.deliver.Delivery;
import io.deltasync.run.deliver.DeliveryIndex;
import io.deltasync.run.deliver.LateWriteGuard;
import io.deltasync.run.deliver.OpenScope;
import io.deltasync.run.deliver.RejectUpdater;
import io.deltasync.scope.LaneHolder;
import io.deltasync.scope.PageProgress;
import io.deltasync.scope.Plan;
import io.deltasync.scope.RecordCounts;
import org.jspecify.annotations.Nullable;

/**
 * The delivering half of a lane. Delivers its batches one after the other and stores the
 * lane's progress after each, on a thread of its own, so that the next batch is fetched
 * while one is written. At most one is under way, so that memory is bounded by two
 * batches. Its methods are called by the lane's thread.
 */
final class LaneWriter implements AutoCloseable {

	private final ActiveRun run;

	private final long event;

	private final LaneHolder lane;

	private final RunStorage stores;

	private final Delivery delivery;

	private final DeliveryIndex memory;

	private final RejectUpdater settlement;

	private final LateWriteGuard lateWrites;

	private final ExecutorService thread;

	/** Scopes whose end is not stored. The thread's own, as are the counts. */
	private final List<OpenScope> unstored = new ArrayList<>();

	private RecordCounts delivered = RecordCounts.NONE;

	private @Nullable Future<?> underWay;

	LaneWriter(ActiveRun run, long event, LaneHolder lane, RunStorage stores, Delivery delivery, DeliveryIndex memory,
			RejectUpdater settlement) {
		this.run = run;
		this.event = event;
		this.lane = lane;
		this.stores = stores;
		this.delivery = delivery;
		this.memory = memory;
		this.settlement = settlement;
		this.lateWrites = new LateWriteGuard(run, event, stores);
		this.thread = Executors.newSingleThreadExecutor((task) -> new Thread(task, lane.lane() + "-writer"));
	}

	/**
	 * Begins to deliver a batch, as soon as the one before is delivered and there is
	 * memory for it.
	 * @param batch the batch, which is the writer's from now on
	 * @throws Exception what went wrong with the one before: the run cannot go on
	 */
	void write(Batch batch) throws Exception {
		Runnable release = batch.reserve(this.run::mustEnd);
		try {
			await();
		}
		catch (Exception | Error ex) {
			release.run();
			throw ex;
		}
		RunContext told = this.run.targetContext();
		this.underWay = this.thread.submit(() -> this.run.waits().writing(() -> told.<@Nullable Void>call(() -> {
			try {
				this.lateWrites.watch(this.delivery, this.memory, () -> deliver(batch, told));
			}
			finally {
				release.run();
			}
			return null;
		})));
	}

	/**
	 * Waits until what was handed over is delivered and stored.
	 * @throws Exception what went wrong with it: the run cannot go on
	 */
	void await() throws Exception {
		Future<?> awaited = this.underWay;
		if (awaited != null) {
			this.underWay = null;
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
	 * What went wrong already is not to be noticed with the next batch: none may come.
	 */
	void throwIfFailed() throws Exception {
		Future<?> looked = this.underWay;
		if (looked != null && looked.isDone()) {
			await();
		}
	}

	/** The counts of the scopes that have passed, once nothing is under way. */
	RecordCounts delivered() {
		return this.delivered;
	}

	/** Delivers, and only then stores that it was. */
	private @Nullable Void deliver(Batch batch, RunContext told) throws Exception {
		this.run.lease().checkLocally();
		this.settlement.begin(batch.records());
		this.delivery.deliver(batch.records());
		this.settlement.findRows(batch.records());
		this.unstored.addAll(batch.begun());
		this.run.lease().checkLocally();
		List<Runnable> savepoints = this.unstored.stream().map(OpenScope::savepoint).toList();
		List<PageProgress> progress = this.stores.transaction().execute((status) -> {
			// an attempt that was rolled back has counted already
			savepoints.forEach(Runnable::run);
			return store(batch, told);
		});
		progress.forEach((page) -> this.delivered = this.delivered.plus(page.closed()));
		RecordCounts counts = BatchRecord.count(batch.records());
		this.run.count(counts);
		this.unstored.removeIf(OpenScope::isAtEnd);
		this.run.rejectShare()
			.count(counts, () -> BatchRecord.describeFailure(batch.records(), this.run.link().mask()));
		return null;
	}

	private List<PageProgress> store(Batch batch, RunContext told) {
		this.run.lease().verify();
		this.settlement.update(batch.records());
		batch.records().forEach((batchRecord) -> Objects.requireNonNull(batchRecord.scope).count(batchRecord));
		batch.ends().forEach(Runnable::run);
		if (!this.unstored.isEmpty()) {
			this.unstored.get(this.unstored.size() - 1).addWarningsOf(told);
		}
		List<PageProgress> progress = LaneProgress.of(this.unstored);
		for (PageProgress page : progress) {
			if (!this.stores.pages().save(page, this.lane)) {
				// suspended since the fence: another has taken the Link and released the
				// page
				throw new LeaseLostException(this.run.linkName());
			}
		}
		this.stores.ignored().save(this.event, ignoredReasons());
		// a scope that failed at its end is fetched again, and chains then
		if (batch.chained() != null && this.unstored.stream().noneMatch((scope) -> scope.failure() != null)) {
			Plan plan = this.stores.plans().find(this.event);
			this.stores.plans()
				.save(this.event, this.stores.pages().append(this.event, plan, List.of(batch.chained()), 1));
		}
		return progress;
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

	/** Ends when what is under way has ended: nothing is written behind a lane's back. */
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
