package io.deltasync.run;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.deltasync.connection.BorrowedConnections;
import org.jspecify.annotations.Nullable;

/**
 * What a run waits for at databases, so that it need not wait once it must end: a source
 * that does not answer, or a query that takes hours, would hold the Link for as long.
 * What is being written to the target is left alone, because a transaction that is broken
 * off may or may not have been committed. Thread-safe.
 */
public final class Waits {

	/** Most reads end by themselves, at the end of their batch. */
	private static final Duration GRACE = Duration.ofSeconds(1);

	private final BorrowedConnections reading = new BorrowedConnections();

	private final BorrowedConnections writing = new BorrowedConnections();

	private final AtomicBoolean ending = new AtomicBoolean();

	private final CountDownLatch over = new CountDownLatch(1);

	/**
	 * Does what may be broken off at any moment: planning, and fetching.
	 * @param <T> what it returns
	 * @param work the work
	 * @return what it returned
	 * @throws Exception what it threw, also because it was broken off
	 */
	public <T extends @Nullable Object> T reading(Callable<T> work) throws Exception {
		return this.reading.call(work);
	}

	/**
	 * Does what must not be broken off while there is time: delivering.
	 * @param <T> what it returns
	 * @param work the work
	 * @return what it returned
	 * @throws Exception what it threw
	 */
	public <T extends @Nullable Object> T writing(Callable<T> work) throws Exception {
		return this.writing.call(work);
	}

	/**
	 * Breaks off what is being read, after a moment: first the statements, so that the
	 * server does not go on with them, then the connections of those that it does not
	 * end. Returns at once.
	 */
	void end() {
		if (this.ending.compareAndSet(false, true)) {
			Thread thread = new Thread(this::endReads, "deltasync-end-reads");
			thread.setDaemon(true);
			thread.start();
		}
	}

	private void endReads() {
		try {
			if (isOver()) {
				return;
			}
			this.reading.cancel();
			while (!isOver()) {
				this.reading.abort();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private boolean isOver() throws InterruptedException {
		return this.over.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Breaks off everything: what was not committed is delivered again by another run.
	 */
	void abort() {
		this.reading.abortAll();
		this.writing.abortAll();
	}

	/**
	 * Whether something was broken off that was being read.
	 * @return true if what a source throws from now on may be because of that
	 */
	boolean wereEnded() {
		return this.reading.wereInterrupted();
	}

	/** Nothing is waited for any more. */
	public void over() {
		this.over.countDown();
	}

}
