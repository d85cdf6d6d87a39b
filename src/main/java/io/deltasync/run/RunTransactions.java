package io.deltasync.run;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

import io.deltasync.lease.Lease;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The transactions in which a run stores its state. A process that was suspended must not
 * store anything after another process has acquired its Link. Therefore:
 * <ul>
 * <li>A transaction of a lane begins with {@link Lease#verify()}, which takes no lock
 * that other lanes wait for, and changes only pages that the lane still holds
 * ({@link io.deltasync.scope.ScopeProgress#save}).</li>
 * <li>A transaction that changes the state of the whole run, such as its plan or its
 * retry counts, ends with {@link Lease#lockAndVerify()}: until the commit, nobody can
 * acquire the Link, and the lease cannot be renewed.</li>
 * <li>A transaction that stores state of Spring Batch begins with it ({@link #holding}),
 * because the process that has lost the Link must not reach the point where it changes a
 * version number that the other process reads. Few others do.</li>
 * </ul>
 * Steps run outside any transaction, and a read without one would keep a connection until
 * the step ends, waits included; therefore reads are in transactions as well.
 * <p>
 * Each transaction is a new one. Actions may be run several times, because a transaction
 * that the database rolled back is repeated. Thread-safe.
 *
 * @param template runs the transactions
 * @param clock the database's clock, which takes part in the caller's transaction
 */
public record RunTransactions(TransactionTemplate template, InstantSource clock) {

	/**
	 * Runs an action in a transaction.
	 * @param <T> the type of the result
	 * @param action the action
	 * @return the result of the action
	 * @throws org.springframework.dao.DataAccessException if the action or the commit
	 * fails
	 */
	public <T extends @Nullable Object> T call(Supplier<T> action) {
		return this.template.execute((status) -> action.get());
	}

	/**
	 * Runs an action in a transaction.
	 * @param action the action
	 * @throws org.springframework.dao.DataAccessException if the action or the commit
	 * fails
	 */
	public void run(Runnable action) {
		this.template.executeWithoutResult((status) -> action.run());
	}

	/**
	 * Changes the stored state of a run, or of a crashed run that it replaces, in a
	 * transaction during which no other process can acquire the Link.
	 * @param lease the run's lease
	 * @param change the change
	 * @throws io.deltasync.lease.LeaseLostException if another process has acquired the
	 * Link; nothing is changed
	 */
	public void holding(Lease lease, Runnable change) {
		run(() -> {
			lease.lockAndVerify();
			change.run();
		});
	}

	/**
	 * Reads the database's clock in a transaction.
	 * @return the current time
	 */
	public Instant now() {
		return call(this.clock::instant);
	}

}
