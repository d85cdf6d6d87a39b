package io.deltasync.run;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.deltasync.api.Interruptions;
import io.deltasync.connection.BorrowedConnections;
import org.jspecify.annotations.Nullable;

/**
 * The calls of databases and other systems that a run is waiting for. They can be
 * interrupted when the run must end: a source that does not answer, or a query that takes
 * hours, would otherwise hold the Link for as long. Writes to the target are left alone,
 * because an interrupted transaction may or may not have been committed. Thread-safe.
 */
public final class Waits {

	/** Most reads end without being interrupted, at the end of their batch. */
	private static final Duration GRACE = Duration.ofSeconds(1);

	private final BorrowedConnections reading = new BorrowedConnections();

	private final BorrowedConnections writing = new BorrowedConnections();

	/** Waits for other systems than databases. */
	private final Interruptions readCalls = new Interruptions();

	private final Interruptions writeCalls = new Interruptions();

	private final AtomicBoolean ending = new AtomicBoolean();

	private final CountDownLatch over = new CountDownLatch(1);

	/**
	 * Runs work that may be interrupted at any time: planning and fetching.
	 * @param <T> the type of the result
	 * @param work the work
	 * @return the result of the work
	 * @throws Exception if the work fails, also because it was interrupted
	 */
	public <T extends @Nullable Object> T reading(Callable<T> work) throws Exception {
		return this.readCalls.call(() -> this.reading.call(work));
	}

	/**
	 * Runs work that must not be interrupted while time is left: delivering.
	 * @param <T> the type of the result
	 * @param work the work
	 * @return the result of the work
	 * @throws Exception if the work fails
	 */
	public <T extends @Nullable Object> T writing(Callable<T> work) throws Exception {
		return this.writeCalls.call(() -> this.writing.call(work));
	}

	/**
	 * Interrupts reads after a short delay: cancels the statements first, so that the
	 * server stops working on them, then aborts the connections that did not react.
	 * Returns immediately.
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
			this.readCalls.endAll();
			while (!isOver()) {
				this.reading.abort();
				this.readCalls.endAll();
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
	 * Interrupts all reads and writes. Another run delivers again what was not committed.
	 */
	void abort() {
		this.reading.abortAll();
		this.writing.abortAll();
		this.readCalls.endAll();
		this.writeCalls.endAll();
	}

	/**
	 * Whether a read was interrupted.
	 * @return true if exceptions of the source may be the result of that
	 */
	boolean wereEnded() {
		return this.reading.wereInterrupted() || this.readCalls.wereInterrupted();
	}

	/** Marks the end of the run: nothing is interrupted after this. */
	public void over() {
		this.over.countDown();
	}

}
