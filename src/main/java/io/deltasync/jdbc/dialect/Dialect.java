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
 * What differs between databases. Stateless, so safe for use by many threads.
 */
public abstract class Dialect {

	/**
	 * Finds the dialect of a connection.
	 * @throws AbortRunException when there is none, or when driver and server do not get
	 * along
	 */
	static Dialect of(Connection connection, String connectionName) throws SQLException {
		DatabaseMetaData metaData = connection.getMetaData();
		String product = metaData.getDatabaseProductName();
		String driver = metaData.getDriverName();
		boolean mariaDb = product.contains("MariaDB") || metaData.getDatabaseProductVersion().contains("MariaDB");
		boolean mariaDbDriver = driver.contains("MariaDB");
		if (mariaDb && !mariaDbDriver) {
			throw new AbortRunException(("Connection '%s' talks to a MariaDB server through %s, which silently loses "
					+ "the fractions of seconds; let its URL begin with jdbc:mariadb:")
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
		throw new AbortRunException("Connection '%s' is a %s; the jdbc adapter knows H2, MySQL and MariaDB"
			.formatted(connectionName, product));
	}

	public abstract String quote(String identifier);

	/** The schema that a table without one is looked for in; null when there is none. */
	abstract @Nullable String currentSchema(Connection connection) throws SQLException;

	abstract List<Column> columns(Connection connection, String schema, String table) throws SQLException;

	abstract TableKeys keys(Connection connection, String schema, String table) throws SQLException;

	/** The storage engine of a table where that has no transactions; else null. */
	@Nullable String unsafeEngine(Connection connection, String schema, String table) throws SQLException {
		return null;
	}

	/** The server's clock, not frozen by any transaction. */
	public abstract Instant now(Connection connection) throws SQLException;

	/**
	 * Finds the transactions that may have written, began by a time and are still open.
	 * @return null when there are none, or when the account may not see them
	 */
	public abstract @Nullable OpenWrites openWrites(Connection connection, Instant until) throws SQLException;

	/**
	 * Returns the zones in which sessions may fill columns: the server's own first, then
	 * that of this session where it is another.
	 * @param times when their offsets are asked for
	 */
	public abstract List<ServerZone> zones(Connection connection, List<Instant> times) throws SQLException;

	/** Says how a connection's sessions get a zone. */
	public abstract String zoneProperty(ZoneId zone);

	/** The fetch size with which the driver streams instead of reading all rows first. */
	public abstract int streamingFetchSize(int rows);

	/** Whether the driver, to close rows before their end, reads all that are left. */
	public abstract boolean readsOnToClose();

	/**
	 * Says what a session needs to read.
	 * @param instants whether columns are read to which the session's zone applies
	 */
	abstract @Nullable SessionSettings settingsForReading(boolean instants);

	/**
	 * Says what a session needs to write a table.
	 * @param idleLimit how long a transaction may be idle before the server is to end it,
	 * at least a second; null for as long as it likes
	 */
	public abstract @Nullable SessionSettings settingsForWriting(Connection connection, Table table,
			@Nullable Duration idleLimit) throws SQLException;

	/** Inserts a row, or updates the row that has its key. */
	public abstract String upsert(Table table, List<Column> columns, List<Column> key, int rows);

	/** Inserts or updates many rows at a time; null where there is no such way. */
	public @Nullable BulkSql bulk(Table table, List<Column> columns, List<Column> key) {
		return null;
	}

	/**
	 * How many rows one statement should hold: more than one where that is faster than
	 * the driver's batches.
	 */
	public int rowsPerStatement(int columns) {
		return 1;
	}

	/** How many bytes a statement with its values may take, where there is a limit. */
	public long longestStatement(Connection connection) throws SQLException {
		return Long.MAX_VALUE;
	}

	/** Why rows cannot be written in one statement for many, or null when they can. */
	public abstract @Nullable String slowWrites(String url);

	/** How a column is read without a loss. */
	public String reading(Column column) {
		return quote(column.name());
	}

	/** How a column is compared, sorted and read as part of a key. */
	public String comparing(Column column) {
		return reading(column);
	}

	/** What reads the dates and times of a query. */
	public StoredTimes times() {
		return new StoredTimes();
	}

	/** Whether a driver could not take a row because of its size. */
	public boolean isOversized(SQLException ex) {
		return false;
	}

	/** What helps where a value of a column cannot be read. */
	public String mending(Column column, SQLException ex) {
		return "put the row right at the source";
	}

	/** Where a column's value goes. */
	String placeholder(Column column) {
		return "?";
	}

	/** Hands a date or a time to the driver. */
	public void bind(PreparedStatement statement, int index, Temporal time) throws SQLException {
		statement.setObject(index, time);
	}

	/**
	 * Where two texts may be equal that are not the same, such as in case: a condition
	 * that a column is the very text of a parameter, beside the one that an index helps
	 * with; else null.
	 */
	public @Nullable String exactly(Column column) {
		return null;
	}

	/** What a column of texts takes for equal. */
	public abstract TextForm textForm(Connection connection, Table table, Column column) throws SQLException;

	/**
	 * Asks the server whether the account may carry out a statement, without carrying it
	 * out. Does nothing where a server cannot be asked.
	 */
	public void checkPrivileges(Connection connection, String sql) throws SQLException {
	}

	public final String delete(Table table, List<Column> key) {
		return "DELETE FROM %s WHERE %s".formatted(table.quoted(), matching(key));
	}

	/** With a parameter for each column, and then one more for those to be exact of. */
	private String matching(List<Column> key) {
		Stream<String> equal = key.stream().map((column) -> quote(column.name()) + " = ?");
		return Stream.concat(equal, key.stream().map(this::exactly).filter(Objects::nonNull))
			.collect(Collectors.joining(" AND "));
	}

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
