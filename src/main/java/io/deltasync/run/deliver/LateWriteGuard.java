package io.deltasync.run.deliver;

import java.util.concurrent.Callable;

import io.deltasync.event.LateWrites;
import io.deltasync.lease.LeaseLostException;
import io.deltasync.link.Link;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunTransactions;
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
final class LateWriteGuard {

	private static final Logger logger = LoggerFactory.getLogger(LateWriteGuard.class);

	private final ActiveRun run;

	private final long event;

	private final Delivery delivery;

	private final WrittenRows written;

	private final LateWrites lateWrites;

	private final RunTransactions transactions;

	LateWriteGuard(ActiveRun run, long event, Delivery delivery, WrittenRows written, LateWrites lateWrites,
			RunTransactions transactions) {
		this.run = run;
		this.event = event;
		this.delivery = delivery;
		this.written = written;
		this.lateWrites = lateWrites;
		this.transactions = transactions;
	}

	/**
	 * Delivers a batch and stores its outcome.
	 * @param body delivers and stores
	 * @param <T> the type of the result
	 * @return the result of the body
	 * @throws Exception if the body fails
	 */
	<T extends @Nullable Object> T watch(Callable<T> body) throws Exception {
		this.delivery.begin();
		this.written.begin();
		try {
			return body.call();
		}
		catch (Exception ex) {
			if (this.delivery.mayHaveWritten() && !this.run.isTesting()) {
				storeIfLate(ex);
			}
			throw ex;
		}
	}

	private void storeIfLate(Exception failure) {
		try {
			if (isLost(failure)) {
				this.transactions.run(() -> {
					this.lateWrites.store(this.run.link().name(), this.event, this.run.parameters().lastSuccess());
					this.written.invalidate();
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
			this.transactions.run(() -> this.run.lease().verify());
			return false;
		}
		catch (LeaseLostException ex) {
			return true;
		}
	}

}
