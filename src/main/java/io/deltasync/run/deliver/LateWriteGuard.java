package io.deltasync.run.deliver;

import java.util.concurrent.Callable;

import io.deltasync.lease.LeaseLostException;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunStorage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects and stores that a run may have written to its target after it had lost its
 * Link. A target commits in a transaction that does not include the lease. Therefore the
 * lease is verified in the database right before that commit, and targets that support it
 * let their system end a transaction that is idle for longer than the lease is confirmed:
 * if the built-in target writes to MySQL or MariaDB, nothing is ever committed late.
 * <p>
 * This leaves targets that cannot roll back what they have sent, or do not verify the
 * lease. If such a process is suspended during a write, its records may replace newer
 * ones after another run has moved the window past them. Only this process can detect
 * that, so it stores the fact: the window of the next run starts where the window of this
 * run started, and the digests of the written records are invalidated, so that they are
 * written again. If the process dies between the write and this step, the late write
 * stays unknown. Storing the intention before each write would not help: nobody knows
 * whether a crashed run will ever wake up, so every later run would have to write its
 * records again.
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
	 * Delivers a batch and stores its outcome.
	 * @param delivery writes to the target
	 * @param index knows the rows that are written
	 * @param body delivers and stores
	 * @param <T> the type of the result
	 * @return the result of the body
	 * @throws Exception if the body fails
	 */
	public <T extends @Nullable Object> T watch(Delivery delivery, DeliveryIndex index, Callable<T> body)
			throws Exception {
		delivery.begin();
		index.begin();
		try {
			return body.call();
		}
		catch (Exception ex) {
			if (delivery.mayHaveWritten() && !this.run.isTesting()) {
				storeIfLate(index, ex);
			}
			throw ex;
		}
	}

	private void storeIfLate(DeliveryIndex index, Exception failure) {
		try {
			if (isLost(failure)) {
				this.stores.transaction().executeWithoutResult((status) -> {
					this.stores.lateWrites()
						.store(this.run.link().name(), this.event, this.run.parameters().lastSuccess());
					index.forgetWritten();
				});
				logger.warn("Link '{}': event {} may have written records after it had lost the Link, over newer ones. "
						+ "The window of the next run starts where the window of this event started, so the records are fetched again",
						this.run.link().name(), this.event);
			}
		}
		catch (RuntimeException ex) {
			if (this.run.lease().isLost()) {
				logger
					.error("Link '{}': event {} may have written records after it had lost the Link, over newer ones, "
							+ "and this could not be stored. Once the database is available again, type: run {} --full --rewrite",
							this.run.link().name(), this.event, this.run.link().name(), ex);
			}
		}
	}

	/**
	 * Whether the Link was lost, whatever the failure is: the target's system may have
	 * ended the transaction, for example.
	 */
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
