package io.deltasync.fault;

import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

/**
 * Counts the points where state changes, and halts the JVM at one of them.
 */
class KillPoints {

	/** What a process that was killed exits with. */
	static final int KILLED = 137;

	private final int killAt;

	private final AtomicInteger passed = new AtomicInteger();

	KillPoints(int killAt) {
		this.killAt = killAt;
	}

	void pass() {
		if (this.passed.incrementAndGet() == this.killAt) {
			Runtime.getRuntime().halt(KILLED);
		}
	}

	int passed() {
		return this.passed.get();
	}

	/** Every change of the JobRepository and of DeltaSync's own tables is a commit. */
	PlatformTransactionManager around(PlatformTransactionManager transactions) {
		return new PlatformTransactionManager() {

			@Override
			public TransactionStatus getTransaction(TransactionDefinition definition) {
				return transactions.getTransaction(definition);
			}

			@Override
			public void commit(TransactionStatus status) {
				if (!status.isNewTransaction()) {
					transactions.commit(status);
					return;
				}
				pass();
				transactions.commit(status);
				pass();
			}

			@Override
			public void rollback(TransactionStatus status) {
				transactions.rollback(status);
			}

		};
	}

}
