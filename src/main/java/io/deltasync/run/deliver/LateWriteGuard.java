package io.deltasync.run.deliver;

import java.util.concurrent.Callable;

import io.deltasync.lease.LeaseLostException;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunStorage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores it when a run may have written to its target after it had lost its Link. A
 * target commits in a transaction that the lease is no part of. So the lease is confirmed
 * in the database right before that commit, and a target that can has its system end a
 * transaction that is idle for longer than the lease is confirmed for: where the built-in
 * target writes to MySQL or MariaDB, nothing is ever committed late. What is left are
 * targets that cannot take back what they have sent, or do not ask. If such a process
 * falls asleep while it writes, its records may replace newer ones after another run has
 * moved the window past them. Only this process can find that out, so it says so itself:
 * the next run's window starts where that of this run did, and what was written is
 * forgotten by the delivery index, so that it is written again. Should the process die
 * between the write and this, nobody knows. To store before each write that it is about
 * to happen would not help: of a run that crashed nobody can tell whether it will ever
 * wake up, so that every later run would have to write its records once more.
 * <p>
 * Not thread-safe; each lane has its own.
 */
public final class LateWriteGuard {

	private static final Logger logger = LoggerFactory.getLogger(LateWriteGuard.class);

	private final ActiveRun run;

	private final long event;

	private final RunStorage stores;

	public LateWriteGuard(ActiveRun run, long event, RunStorage stores) {
		this.run = run;
		this.event = event;
		this.stores = stores;
	}

	/**
	 * Delivers a batch and stores what became of it.
	 * @param delivery what writes to the target
	 * @param memory what knows which records are written
	 * @param body delivers and stores
	 * @param <T> what the body returns
	 * @return what the body returns
	 * @throws Exception what the body throws
	 */
	public <T extends @Nullable Object> T watch(Delivery delivery, DeliveryIndex memory, Callable<T> body)
			throws Exception {
		delivery.begin();
		memory.begin();
		try {
			return body.call();
		}
		catch (Exception ex) {
			if (delivery.mayHaveWritten() && !this.run.isTesting()) {
				storeIfLate(memory, ex);
			}
			throw ex;
		}
	}

	private void storeIfLate(DeliveryIndex memory, Exception failure) {
		try {
			if (isLost(failure)) {
				this.stores.transaction().executeWithoutResult((status) -> {
					this.stores.lateWrites()
						.store(this.run.linkName(), this.event, this.run.parameters().lastSuccess());
					memory.forgetWritten();
				});
				logger.warn(
						"Link '{}': event {} may have written records after it had lost the Link, over newer ones. "
								+ "The window of the next run starts where its own did, and brings them again",
						this.run.linkName(), this.event);
			}
		}
		catch (RuntimeException ex) {
			if (this.run.lease().isLost()) {
				logger
					.error("Link '{}': event {} may have written records after it had lost the Link, over newer ones, "
							+ "and this could not be stored. Once the database is back, type: run {} --full --rewrite",
							this.run.linkName(), this.event, this.run.linkName(), ex);
			}
		}
	}

	/** Whatever has failed: a transaction that was ended at the target, for one. */
	private boolean isLost(Exception failure) {
		if (failure instanceof LeaseLostException) {
			return true;
		}
		try {
			this.stores.transaction().executeWithoutResult((status) -> this.run.lease().verify());
			return false;
		}
		catch (LeaseLostException ex) {
			return true;
		}
	}

}
