package io.deltasync.lease;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * A run's hold on its Link, or a worker's on a lane of such a run: renewed in the
 * background until it is closed. Thread-safe.
 */
public final class Lease implements AutoCloseable {

	private final LeaseKeeper keeper;

	private final String link;

	private final long token;

	private volatile long heldUntilNanos;

	private volatile boolean lost;

	private final CompletableFuture<@Nullable Void> stopRequest = new CompletableFuture<>();

	Lease(LeaseKeeper keeper, String link, long token, long heldUntilNanos) {
		this.keeper = keeper;
		this.link = link;
		this.token = token;
		this.heldUntilNanos = heldUntilNanos;
	}

	public String link() {
		return this.link;
	}

	/**
	 * Returns what tells this lease from all others of the same Link, or of the same
	 * lane.
	 * @return a number that grows with each holder
	 */
	public long token() {
		return this.token;
	}

	/**
	 * Makes sure that the Link is still held, by this process's own monotonic clock: what
	 * a run does before it writes anything.
	 * @throws LeaseLostException when it is not
	 */
	public void checkLocally() {
		if (isLost()) {
			throw new LeaseLostException(this.link);
		}
	}

	/**
	 * Tells whether there is nothing to be done any more under this lease.
	 * @return true once it has ended, or could not be renewed in time
	 */
	public boolean isLost() {
		return this.lost || System.nanoTime() - this.heldUntilNanos >= 0;
	}

	/**
	 * Makes sure in the database, whatever this process's clock says, that the Link is
	 * still held and stays so for {@link #confirmedFor()}. In no transaction: what an
	 * adapter does before it commits its own.
	 * @throws LeaseLostException when that is not so
	 */
	public void confirm() {
		this.keeper.confirm(this);
	}

	/**
	 * Returns how long the Link stays held once that was confirmed, even if this process
	 * falls asleep the next moment.
	 * @return half the duration of a lease
	 */
	public Duration confirmedFor() {
		return this.keeper.duration().dividedBy(2);
	}

	/**
	 * Makes sure, by what is stored, that what the caller's transaction stores is stored
	 * by the holder, however long this process has been asleep. Keeps a lane that a
	 * worker carries out from being taken over, or its run from being recovered, before
	 * that transaction ends; a run's own lease is only looked at.
	 * @throws LeaseLostException when another has taken the Link or the lane
	 */
	public void verify() {
		this.keeper.fence(this);
	}

	/**
	 * Keeps the Link from being taken by another run before the caller's transaction
	 * ends: what a run stores of itself is not stored after another process has closed
	 * it, however long this process has been asleep. A run's own lease only.
	 * @throws LeaseLostException when another run has taken the Link
	 */
	public void lockAndVerify() {
		this.keeper.hold(this);
	}

	/**
	 * Names the run that the Link is held for: a request to stop is for one run.
	 * @param event the run's Sync Event
	 */
	public void bindToEvent(long event) {
		this.keeper.name(this, event);
	}

	/**
	 * Asks the run to stop: its threads in this process at once, and others through the
	 * database. A worker's lane ends by itself.
	 * @throws org.springframework.dao.DataAccessException when the database cannot be
	 * told; this process knows all the same
	 */
	public void requestStop() {
		this.stopRequest.complete(null);
		this.keeper.requestStop(this);
	}

	/**
	 * Tells whether somebody asked the run to stop.
	 * @return true once a stop was requested
	 */
	public boolean isStopRequested() {
		return this.stopRequest.isDone();
	}

	/**
	 * Waits until somebody asks the run to stop.
	 * @param time how long at most
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
	 * Does something when somebody asks the run to stop, or at once if that has happened.
	 * @param action what to do, in the thread that learns of the request; must not take
	 * long
	 */
	@SuppressWarnings("FutureReturnValueIgnored")
	public void onStopRequest(Runnable action) {
		this.stopRequest.thenRun(action);
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

	/** Gives the Link, or the lane, back. May be called more than once. */
	@Override
	public void close() {
		this.keeper.release(this);
	}

	@Override
	public String toString() {
		return "Lease[link=%s, token=%d]".formatted(this.link, this.token);
	}

}
