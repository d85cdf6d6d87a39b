package io.deltasync.jdbc.dialect;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.Temporal;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.deltasync.api.AbortRunException;
import org.jspecify.annotations.Nullable;

/**
 * The differences between databases. Stateless and therefore thread-safe.
 */
public abstract class Dialect {

	/**
	 * Returns the dialect of a connection.
	 * @throws AbortRunException when the database is not supported, or when the driver
	 * loses data of the server
	 */
	static Dialect of(Connection connection, String connectionName) throws SQLException {
		DatabaseMetaData metaData = connection.getMetaData();
		String product = metaData.getDatabaseProductName();
		String driver = metaData.getDriverName();
		boolean mariaDb = product.contains("MariaDB") || metaData.getDatabaseProductVersion().contains("MariaDB");
		boolean mariaDbDriver = driver.contains("MariaDB");
		if (mariaDb && !mariaDbDriver) {
			throw new AbortRunException(("Connection '%s' talks to a MariaDB server through %s, which silently loses "
					+ "the fractions of seconds; begin its URL with jdbc:mariadb:")
				.formatted(connectionName, driver));
		}
		if (mariaDb) {
			return new MariaDbDialect();
		}
		if (product.contains("MySQL")) {
			return new MySqlDialect(mariaDbDriver);
		}
		if (product.equals("H2")) {
			return new H2Dialect();
		}
		throw new AbortRunException("Connection '%s' is a %s; the jdbc adapter supports H2, MySQL and MariaDB"
			.formatted(connectionName, product));
	}

	/** Quotes an identifier, escaping the quotes in it. */
	public abstract String quote(String identifier);

	/** Returns the schema in which a table without a schema is looked up, or null. */
	abstract @Nullable String currentSchema(Connection connection) throws SQLException;

	/** Returns the columns of a table in order; empty when it cannot be described. */
	abstract List<Column> columns(Connection connection, String schema, String table) throws SQLException;

	/** Returns the primary key and the indexes of a table. */
	abstract TableKeys keys(Connection connection, String schema, String table) throws SQLException;

	/**
	 * Returns the storage engine of a table if it has no transactions, otherwise null.
	 */
	@Nullable String unsafeEngine(Connection connection, String schema, String table) throws SQLException {
		return null;
	}

	/** Returns the current time of the server's clock, even inside a transaction. */
	public abstract Instant now(Connection connection) throws SQLException;

	/**
	 * Returns the open transactions that may have written and began no later than a time.
	 * @return null when there are none, or when the account may not see them
	 */
	public abstract @Nullable OpenWrites openWrites(Connection connection, Instant until) throws SQLException;

	/**
	 * Returns the zones in which sessions may fill columns: the server's own first, then
	 * the zone of this session if it differs.
	 * @param times the points in time at which the offsets are read
	 */
	public abstract List<ServerZone> zones(Connection connection, List<Instant> times) throws SQLException;

	/**
	 * Returns the setting that gives the sessions of a connection a zone, for messages.
	 */
	public abstract String zoneProperty(ZoneId zone);

	/**
	 * Returns the fetch size with which the driver streams rows instead of buffering all.
	 */
	public abstract int streamingFetchSize(int rows);

	/** Whether closing a result early makes the driver read all remaining rows. */
	public abstract boolean readsOnToClose();

	/**
	 * Returns the settings of a session that reads, or null.
	 * @param instants whether columns of type {@link ColumnType#INSTANT} are read
	 */
	abstract @Nullable SessionSettings settingsForReading(boolean instants);

	/**
	 * Returns the settings of a session that writes a table, or null.
	 * @param idleLimit the time after which the server ends an idle transaction, at least
	 * a second; null for no limit
	 */
	public abstract @Nullable SessionSettings settingsForWriting(Connection connection, Table table,
			@Nullable Duration idleLimit) throws SQLException;

	/**
	 * Returns the statement that inserts rows or updates the rows that have their keys.
	 */
	public abstract String upsert(Table table, List<Column> columns, List<Column> key, int rows);

	/** Returns the statements for bulk writes; null when the database has none. */
	public @Nullable BulkSql bulk(Table table, List<Column> columns, List<Column> key) {
		return null;
	}

	/**
	 * Returns the number of rows per statement: more than one if that is faster than the
	 * driver's batches.
	 */
	public int rowsPerStatement(int columns) {
		return 1;
	}

	/** Returns the maximum size in bytes of a statement with its values. */
	public long maxStatementSize(Connection connection) throws SQLException {
		return Long.MAX_VALUE;
	}

	/**
	 * Returns the reason why the driver does not combine rows in one statement, or null.
	 */
	public abstract @Nullable String slowWrites(String url);

	/** Returns the expression that reads a column without loss. */
	public String reading(Column column) {
		return quote(column.name());
	}

	/**
	 * Returns the expression that compares, sorts and reads a column as part of a key.
	 */
	public String comparing(Column column) {
		return reading(column);
	}

	/** Returns a reader for the dates and times of one query. */
	public StoredTimes times() {
		return new StoredTimes();
	}

	/** Whether the driver could not read a row because of its size. */
	public boolean isOversized(SQLException ex) {
		return false;
	}

	/** Returns the remedy for a value that cannot be read, for messages. */
	public String remedy(Column column, SQLException ex) {
		return "correct the row at the source";
	}

	/** Returns the placeholder for a column's value. */
	String placeholder(Column column) {
		return "?";
	}

	/** Binds a date or a time. */
	public void bind(PreparedStatement statement, int index, Temporal time) throws SQLException {
		statement.setObject(index, time);
	}

	/**
	 * Returns a condition that a column is exactly the text of a parameter, in addition
	 * to the plain comparison, which can use an index. Returns null when texts that
	 * compare as equal are always identical.
	 */
	public @Nullable String exactly(Column column) {
		return null;
	}

	/** Returns the comparison form of the texts in a column. */
	public abstract TextForm textForm(Connection connection, Table table, Column column) throws SQLException;

	/**
	 * Checks that the account may execute a statement, without executing it. Does nothing
	 * when the server has no means for this.
	 */
	public void checkPrivileges(Connection connection, String sql) throws SQLException {
	}

	/** Returns the statement that deletes the row with a key. */
	public final String delete(Table table, List<Column> key) {
		return "DELETE FROM %s WHERE %s".formatted(table.quoted(), matching(key));
	}

	/** Has a parameter per column, followed by one per {@link #exactly} condition. */
	private String matching(List<Column> key) {
		Stream<String> equal = key.stream().map((column) -> quote(column.name()) + " = ?");
		return Stream.concat(equal, key.stream().map(this::exactly).filter(Objects::nonNull))
			.collect(Collectors.joining(" AND "));
	}

	/**
	 * Returns the statement that updates the row with a key.
	 * @param columns the columns to set, without those of the key
	 */
	public final String update(Table table, List<Column> columns, List<Column> key) {
		return "UPDATE %s SET %s WHERE %s".formatted(table.quoted(),
				columns.stream()
					.map((column) -> "%s = %s".formatted(quote(column.name()), placeholder(column)))
					.collect(Collectors.joining(", ")),
				matching(key));
	}

	final String insert(Table table, List<Column> columns, int rows) {
		String row = "(" + placeholders(columns) + ")";
		return "INSERT INTO %s (%s) VALUES %s".formatted(table.quoted(), names(columns),
				String.join(", ", Collections.nCopies(rows, row)));
	}

	/** Returns the quoted names of columns, separated by commas. */
	public final String names(List<Column> columns) {
		return columns.stream().map((column) -> quote(column.name())).collect(Collectors.joining(", "));
	}

	final String placeholders(List<Column> columns) {
		return columns.stream().map(this::placeholder).collect(Collectors.joining(", "));
	}

	/**
	 * The keys and indexes of a table.
	 *
	 * @param primaryKey the columns of the primary key, in order; may be empty
	 * @param indexes all indexes
	 */
	record TableKeys(List<String> primaryKey, List<Index> indexes) {

	}

}
