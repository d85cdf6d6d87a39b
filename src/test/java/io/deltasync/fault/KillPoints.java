package io.deltasync.fault;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

/**
 * Counts the points where state has just changed, and halts the JVM at one of them: after
 * each commit of a transaction that wrote, and around each delivery. Between two of them
 * nothing changes but the lease, of which single statements tell who holds it and that it
 * was renewed or given back.
 */
class KillPoints {

	/** What a process that was killed exits with. */
	static final int KILLED = 137;

	private final int killAt;

	private final Runnable kill;

	private final ThreadLocal<Boolean> wrote = ThreadLocal.withInitial(() -> false);

	private final AtomicInteger passed = new AtomicInteger();

	KillPoints(int killAt) {
		this(killAt, () -> Runtime.getRuntime().halt(KILLED));
	}

	/** Does something else than to kill. */
	KillPoints(int killAt, Runnable kill) {
		this.killAt = killAt;
		this.kill = kill;
	}

	void pass() {
		if (this.passed.incrementAndGet() == this.killAt) {
			this.kill.run();
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
				boolean outermost = status.isNewTransaction();
				transactions.commit(status);
				if (outermost && KillPoints.this.wrote.get()) {
					KillPoints.this.wrote.remove();
					pass();
				}
			}

			@Override
			public void rollback(TransactionStatus status) {
				transactions.rollback(status);
			}

		};
	}

	/** Notes which transactions write. */
	DataSource around(DataSource dataSource) {
		return new DelegatingDataSource(dataSource) {

			@Override
			public Connection getConnection() throws SQLException {
				return around(super.getConnection());
			}

		};
	}

	private Connection around(Connection connection) {
		return (Connection) Proxy.newProxyInstance(KillPoints.class.getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("createStatement") || method.getName().equals("prepareStatement")
							&& !((String) arguments[0]).strip().toUpperCase(Locale.ROOT).startsWith("SELECT")) {
						this.wrote.set(true);
					}
					try {
						return method.invoke(connection, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

}
