package io.deltasync.connection;

import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.deltasync.config.Secrets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * The pool of a configured connection, which is created when it is first used and grows
 * on demand. Thread-safe.
 */
final class ConnectionPool extends AbstractDataSource implements AutoCloseable {

	/**
	 * More connections than lanes ever need; the number of lanes is the effective limit.
	 */
	private static final int MOST_CONNECTIONS = 1000;

	private static final Logger logger = LoggerFactory.getLogger(ConnectionPool.class);

	/** H2's announcement of a statement, which follows on a line of its own. */
	private static final Pattern STATEMENT = Pattern.compile("; SQL statement:$");

	private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

	private final String name;

	private final ConnectionSettings settings;

	private final DriverDataSource driver;

	private final BorrowedConnections lent = new BorrowedConnections();

	private final ReentrantLock lock = new ReentrantLock();

	private volatile @Nullable HikariDataSource pool;

	private boolean closed;

	private boolean warned;

	ConnectionPool(String name, ConnectionSettings settings) {
		this.name = name;
		this.settings = settings;
		this.driver = new DriverDataSource(settings);
	}

	String location() {
		return this.settings.location();
	}

	PoolUse use() {
		HikariDataSource made = this.pool;
		HikariPoolMXBean use = (made != null) ? made.getHikariPoolMXBean() : null;
		return (use == null) ? new PoolUse(this.name, location(), 0, 0, 0) : new PoolUse(this.name, location(),
				use.getActiveConnections(), use.getIdleConnections(), use.getThreadsAwaitingConnection());
	}

	@Override
	public Connection getConnection() throws SQLException {
		try {
			HikariDataSource borrowed = pool();
			Connection connection = borrowed.getConnection();
			return BorrowedConnection.wrap(connection, borrowed,
					this.driver.socket(connection.unwrap(Connection.class)), this.lent);
		}
		catch (SQLException | RuntimeException ex) {
			throw unavailable(ex);
		}
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		throw new SQLFeatureNotSupportedException("The user is configured with the connection '" + this.name + "'");
	}

	@Override
	public void close() {
		this.lock.lock();
		try {
			this.closed = true;
			if (this.pool != null) {
				// otherwise the pool would wait for drivers that wait for their servers
				this.lent.abortAll();
				this.pool.close();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private HikariDataSource pool() {
		HikariDataSource made = this.pool;
		return (made != null) ? made : makePool();
	}

	private HikariDataSource makePool() {
		this.lock.lock();
		try {
			HikariDataSource made = this.pool;
			if (made == null) {
				if (this.closed) {
					throw new IllegalStateException("it was closed");
				}
				warnOnce();
				made = new HikariDataSource(config());
				made.setMinimumIdle(0);
				this.pool = made;
			}
			return made;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void warnOnce() {
		if (!this.warned) {
			this.warned = true;
			ServerVerification
				.warning("The connection '%s'".formatted(this.name), this.settings.url(), this.settings.properties())
				.ifPresent(logger::warn);
		}
	}

	private HikariConfig config() {
		HikariConfig config = new HikariConfig();
		config.setPoolName("deltasync-" + this.name);
		config.setDataSource(this.driver);
		Integer size = this.settings.poolSize();
		config.setMaximumPoolSize((size != null) ? size : MOST_CONNECTIONS);
		// 0 would discard the connection that validates the settings
		config.setMinimumIdle(1);
		config.setIdleTimeout(IDLE_TIMEOUT.toMillis());
		config.setConnectionTimeout(this.settings.connectionTimeout().toMillis());
		config.setValidationTimeout(Math.min(config.getValidationTimeout(), config.getConnectionTimeout()));
		config.setInitializationFailTimeout(1);
		return config;
	}

	private ConnectionUnavailableException unavailable(Exception failure) {
		SQLException reason = innermostSqlException(failure);
		String message = "The connection '%s' (%s) is unavailable: %s%s".formatted(this.name, this.settings,
				Secrets.mask(describe(failure, reason), this.settings.password()),
				isRefused(reason) ? ". Correct user name and password below deltasync.connections." + this.name : "");
		Throwable cause = (reason != null) ? reason : failure;
		return new ConnectionUnavailableException(this.name, message, reason, holdsSecret(cause) ? null : cause);
	}

	private static String describe(Exception failure, @Nullable SQLException reason) {
		Throwable shown = (reason != null) ? reason : failure;
		Throwable root = NestedExceptionUtils.getMostSpecificCause(shown);
		String text = message(shown);
		if (root == shown || root.getMessage() == null || text.contains(message(root))) {
			return text;
		}
		return text + ((root instanceof UnknownHostException) ? ": unknown host " : ": ") + message(root);
	}

	/** Returns the first line, without the announcement of the failed statement. */
	private static String message(Throwable failure) {
		return STATEMENT.matcher(String.valueOf(failure.getMessage()).lines().findFirst().orElse("")).replaceFirst("");
	}

	private static boolean isRefused(@Nullable SQLException reason) {
		return reason != null && reason.getSQLState() != null && reason.getSQLState().startsWith("28");
	}

	/** Returns the driver's exception, which says more than the pool's. */
	private static @Nullable SQLException innermostSqlException(Throwable failure) {
		SQLException innermost = null;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException sqlException) {
				innermost = sqlException;
			}
		}
		return innermost;
	}

	private boolean holdsSecret(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			String message = cause.getMessage();
			if (message != null && !message.equals(Secrets.mask(message, this.settings.password()))) {
				return true;
			}
		}
		return false;
	}

	@Override
	public String toString() {
		return this.name + ": " + this.settings;
	}

}
