package io.deltasync.run;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import io.deltasync.run.retry.RunEndsException;
import org.jspecify.annotations.Nullable;

/**
 * Limits the heap that records between source and target use, over all lanes of this
 * process. A lane hands its batch over once the batch reaches the lane's share. A larger
 * batch, which contains a very large record, is delivered only while there is memory for
 * it beside the large batches of the other lanes. Thread-safe.
 */
public final class BatchMemory {

	/**
	 * How many copies of a batch's values may be in memory at the same time: as fetched,
	 * as mapped, as bound to a statement, and as sent by the driver.
	 */
	private static final int COPIES = 6;

	private static final int DEFAULT_PART_OF_HEAP = 4;

	private static final int KIB = 1024;

	/** How long a lane waits for memory before it checks whether its run must end. */
	private static final long CHECK_MILLIS = 200;

	private final long bytes;

	private final AtomicInteger lanes = new AtomicInteger();

	/** The memory for large batches, in KiB. */
	private final Semaphore room;

	/**
	 * Creates the limit of a process.
	 * @param bytes how much heap the records of all lanes may use; null for a quarter of
	 * the maximum heap
	 */
	public BatchMemory(@Nullable Long bytes) {
		this.bytes = (bytes != null) ? bytes : Runtime.getRuntime().maxMemory() / DEFAULT_PART_OF_HEAP;
		this.room = new Semaphore(kib(this.bytes), true);
	}

	/**
	 * Opens the share of a lane, which reduces the shares of the other lanes.
	 * @return the share, to be closed when the lane ends
	 */
	public Share open() {
		this.lanes.incrementAndGet();
		return new Share();
	}

	/**
	 * Returns the current share of each lane.
	 * @return the size of a batch in bytes
	 */
	public long share() {
		return this.bytes / ((long) COPIES * Math.max(1, this.lanes.get()));
	}

	private static int kib(long bytes) {
		return (int) Math.min(Integer.MAX_VALUE, Math.max(1, (bytes + KIB - 1) / KIB));
	}

	/** The memory that one lane may use. Thread-safe. */
	public final class Share implements AutoCloseable {

		private Share() {
		}

		/**
		 * Returns the size at which the lane hands its batch over.
		 * @return bytes
		 */
		public long limit() {
			return share();
		}

		/**
		 * Returns why a record is too large to ever be delivered.
		 * @param size the record's size in bytes
		 * @return the reason, or null if the record can be delivered
		 */
		public @Nullable String refusal(long size) {
			long most = BatchMemory.this.bytes / COPIES;
			return (size <= most) ? null
					: ("it takes %d bytes of memory, and this process can deliver records of up to %d; raise -Xmx or "
							+ "deltasync.buffer-memory, or leave its long values out at the source")
						.formatted(size, most);
		}

		/**
		 * Waits until there is memory to deliver a batch.
		 * @param size the batch's size in bytes
		 * @param ends whether to stop waiting
		 * @return releases the memory
		 * @throws RunEndsException if the wait was ended
		 * @throws InterruptedException if the thread is interrupted
		 */
		public Runnable reserve(long size, BooleanSupplier ends) throws InterruptedException {
			// the last record of any batch may exceed the limit a little
			if (size <= limit() + limit() / 4) {
				return () -> {
				};
			}
			int wanted = Math.min(kib(size * COPIES), kib(BatchMemory.this.bytes));
			while (!BatchMemory.this.room.tryAcquire(wanted, CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
				if (ends.getAsBoolean()) {
					throw new RunEndsException("the run ends before there is memory for a large batch");
				}
			}
			return () -> BatchMemory.this.room.release(wanted);
		}

		@Override
		public void close() {
			BatchMemory.this.lanes.decrementAndGet();
		}

	}

}
