package io.deltasync.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * A run's hold on its Link, or a worker's hold on one of the run's lanes. It is renewed
 * in the background until it is closed. Thread-safe.
 */
public final class Lease implements AutoCloseable {

	private final LeaseKeeper keeper;

	private final String link;

	private final long token;

	private final Instant acquiredAt;

	private volatile long heldUntilNanos;

	private volatile boolean lost;

	private final RetryWaits retryWaits = new RetryWaits();

	private final CompletableFuture<@Nullable Void> stopRequest = new CompletableFuture<>();

	Lease(LeaseKeeper keeper, String link, long token, Instant acquiredAt, long heldUntilNanos) {
		this.keeper = keeper;
		this.link = link;
		this.token = token;
		this.acquiredAt = acquiredAt;
		this.heldUntilNanos = heldUntilNanos;
	}

	/**
	 * Returns the name of the Link.
	 * @return the Link that is held, or to which the lane belongs
	 */
	public String link() {
		return this.link;
	}

	/**
	 * Returns the fencing token, which distinguishes this lease from all others of the
	 * same Link or lane.
	 * @return a number that grows with each holder
	 */
	public long token() {
		return this.token;
	}

	/**
	 * Returns when the lease was acquired.
	 * @return a time of the database's clock
	 */
	public Instant acquiredAt() {
		return this.acquiredAt;
	}

	/**
	 * Checks with this process's monotonic clock that the lease has not expired. Needs no
	 * database, so a run can call it before each write.
	 * @throws LeaseLostException when the lease was lost or has expired
	 */
	public void checkLocally() {
		if (isLost()) {
			throw new LeaseLostException(this.link);
		}
	}

	/**
	 * Whether the lease was lost, so that no more work may be done under it.
	 * @return true once it has ended, or was not renewed in time
	 */
	public boolean isLost() {
		return this.lost || System.nanoTime() - this.heldUntilNanos >= 0;
	}

	/**
	 * Checks in the database that the Link is still held and stays held for
	 * {@link #confirmedFor()}, whatever this process's clock says. Must be called outside
	 * a transaction; an adapter calls it before it commits its own.
	 * @throws LeaseLostException when the Link is no longer held, or not for that long
	 */
	public void confirm() {
		this.keeper.confirm(this);
	}

	/**
	 * Returns how long the Link stays held after {@link #confirm()}, even if this process
	 * is suspended immediately afterwards.
	 * @return half the duration of a lease
	 */
	public Duration confirmedFor() {
		return this.keeper.duration().dividedBy(2);
	}

	/**
	 * Verifies in the database, inside the caller's transaction, that this process still
	 * holds the lease, even if it was suspended in between. A worker's lane is also
	 * locked until the transaction ends, so that it cannot be claimed by another worker
	 * and its run cannot be recovered before. A run's own lease is read without a lock.
	 * @throws LeaseLostException when another process has acquired the Link or the lane
	 */
	public void verify() {
		this.keeper.verify(this);
	}

	/**
	 * Verifies that this process still holds the lease and locks it until the caller's
	 * transaction ends, so that no other run can acquire the Link before. A run calls
	 * this when it stores its own state: a process that was suspended cannot overwrite
	 * the state of a run that another process has closed. For a run's own lease; on a
	 * worker's lane the same as {@link #verify()}.
	 * @throws LeaseLostException when another run has acquired the Link
	 */
	public void lockAndVerify() {
		this.keeper.lockAndVerify(this);
	}

	/**
	 * Binds the lease to the Sync Event of the run that holds it, so that stop requests
	 * for this event reach the run.
	 * @param event the run's Sync Event
	 */
	public void bindToEvent(long event) {
		this.keeper.bindToEvent(this, event);
	}

	/**
	 * Asks the run to stop. Its threads in this process learn of it at once, those in
	 * other processes through the database. On a worker's lane, only the lane ends.
	 * @throws org.springframework.dao.DataAccessException when the request cannot be
	 * stored in the database; this process knows of it anyway
	 */
	public void requestStop() {
		this.stopRequest.complete(null);
		this.keeper.requestStop(this);
	}

	/**
	 * Whether somebody asked the run to stop.
	 * @return true once a stop was requested
	 */
	public boolean isStopRequested() {
		return this.stopRequest.isDone();
	}

	/**
	 * Waits until somebody asks the run to stop.
	 * @param time how long to wait at most
	 * @return true once a stop was requested, false when the time has passed
	 * @throws InterruptedException when the thread is interrupted
	 */
	public boolean awaitStopRequest(Duration time) throws InterruptedException {
		try {
			this.stopRequest.get(time.toMillis(), TimeUnit.MILLISECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Registers an action for a stop request. The action runs at once if a stop was
	 * requested before.
	 * @param action the action, run by the thread that learns of the request; must not
	 * take long
	 */
	@SuppressWarnings("FutureReturnValueIgnored")
	public void onStopRequest(Runnable action) {
		this.stopRequest.thenRun(action);
	}

	/**
	 * Waits before a call is repeated. As long as the wait lasts, {@link LeaseState} says
	 * so.
	 * @param call the name of the call
	 * @param attempt the number of the next attempt
	 * @param time how long the wait takes
	 * @param pause waits; returns whether the call may be repeated
	 * @return what {@code pause} returns
	 */
	public boolean awaitRetry(String call, int attempt, Duration time, BooleanSupplier pause) {
		return this.retryWaits.during(call, attempt, time, pause);
	}

	@Nullable Retry retry(Instant now) {
		return this.retryWaits.most(now);
	}

	void renewed(long untilNanos, boolean stop) {
		this.heldUntilNanos = untilNanos;
		if (stop) {
			this.stopRequest.complete(null);
		}
	}

	void lost() {
		this.lost = true;
	}

	/** Releases the Link or the lane. May be called repeatedly. */
	@Override
	public void close() {
		this.keeper.release(this);
	}

	@Override
	public String toString() {
		return "Lease[link=%s, token=%d]".formatted(this.link, this.token);
	}

}
