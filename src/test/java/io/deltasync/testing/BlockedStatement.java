package io.deltasync.testing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An H2 function that keeps the statement that calls it from ending. One statement at a
 * time.
 */
public final class BlockedStatement implements AutoCloseable {

	/** Creates the function. */
	public static final String CREATE = "CREATE ALIAS blocking FOR \"%s.block\""
		.formatted(BlockedStatement.class.getName());

	private static volatile CountDownLatch begun = new CountDownLatch(0);

	private static volatile CountDownLatch released = new CountDownLatch(0);

	public BlockedStatement() {
		begun = new CountDownLatch(1);
		released = new CountDownLatch(1);
	}

	/**
	 * Called by H2.
	 * @return 1, after the end was allowed
	 * @throws InterruptedException when the thread is interrupted
	 */
	public static int block() throws InterruptedException {
		begun.countDown();
		released.await(1, TimeUnit.MINUTES);
		return 1;
	}

	/**
	 * Waits until a statement has called the function.
	 * @throws InterruptedException when the thread is interrupted
	 */
	public void awaitBegun() throws InterruptedException {
		if (!begun.await(1, TimeUnit.MINUTES)) {
			throw new AssertionError("No statement has called the function");
		}
	}

	/** Allows the statement to end. */
	@Override
	public void close() {
		released.countDown();
	}

}
