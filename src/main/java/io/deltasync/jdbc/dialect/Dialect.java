package io.deltasync.jdbc.dialect;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnReader;
import io.deltasync.jdbc.value.ColumnType;
import io.deltasync.jdbc.value.ColumnWriter;
import io.deltasync.jdbc.value.SentValue;
import io.deltasync.jdbc.value.StoredTimes;
import org.jspecify.annotations.Nullable;

/**
 * The behaviour of a database. The defaults are those of the SQL standard, and safe where
 * databases differ. Stateless and therefore thread-safe.
 * <p>
 * It has more than 300 lines because whoever adds a database should find everything that
 * can be different in one place; most of them are documentation.
 */
public abstract class Dialect {

	/** Returns the name of the database, for messages. */
	public abstract String name();

	/** Whether this is the dialect of a database. */
	public abstract boolean supports(DatabaseMetaData metaData) throws SQLException;

	/**
	 * Checks the versions of a supported database and of its driver.
	 * @param connection the name of the connection, for messages
	 * @throws io.deltasync.api.AbortRunException if they lose data
	 */
	public void check(DatabaseMetaData metaData, String connection) throws SQLException {
	}

	/**
	 * Returns the dialect for one of the supported databases, in case that they differ.
	 * Called after {@link #check}.
	 */
	public Dialect of(DatabaseMetaData metaData) throws SQLException {
		return this;
	}

	/** Returns the descriptions of the database's tables. */
	public abstract Catalog catalog();

	/** Returns the clock of the database. */
	public abstract ServerClock clock();

	/** Returns the meaning of an exception of the driver. */
	public Failure failure(SQLException ex) {
		return SqlStates.failure(ex);
	}

	/**
	 * Whether a failed statement ends the transaction, so that it must be rolled back to
	 * a savepoint before the next statement.
	 */
	public boolean endsTransactionOnFailure() {
		return true;
	}

	/**
	 * Whether a transaction can be rolled back to a savepoint. If not, a refused record
	 * fails its batch, which is then delivered in smaller ones.
	 */
	public boolean hasSavepoints() {
		return true;
	}

	/**
	 * Whether columns of a primary key may hold NULL although they are described as NOT
	 * NULL.
	 */
	public boolean permitsNullInKeys() {
		return false;
	}

	/** Whether the driver streams rows inside of transactions only. */
	public boolean streamsInTransaction() {
		return false;
	}

	/**
	 * Returns the fetch size with which the driver streams rows instead of buffering all.
	 */
	public int streamingFetchSize(int rows) {
		return rows;
	}

	/** Whether closing a result early makes the driver read all remaining rows. */
	public boolean readsOnToClose() {
		return false;
	}

	/**
	 * Returns the settings of a session that reads, or null.
	 * @param instants whether columns of type {@link ColumnType#INSTANT} are read
	 */
	public @Nullable SessionSettings settingsForReading(boolean instants) {
		return null;
	}

	/**
	 * Returns the settings of a session that writes a table, or null.
	 * @param idleLimit the time after which the server ends an idle transaction, at least
	 * a second; null for no limit
	 */
	public @Nullable SessionSettings settingsForWriting(Connection connection, Table table,
			@Nullable Duration idleLimit) throws SQLException {
		return null;
	}

	/** Quotes an identifier, escaping the quotes in it. */
	public String quote(String identifier) {
		return '"' + identifier.replace("\"", "\"\"") + '"';
	}

	/** Returns a query for the first rows of another one, which has no order. */
	public String limited(String query, int rows) {
		return "%s FETCH FIRST %d ROWS ONLY".formatted(query, rows);
	}

	/** Returns the end of a query that locks the rows that it finds. */
	public String locking() {
		return " FOR UPDATE";
	}

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

	/**
	 * Returns the digits of a second that {@link #comparing} distinguishes.
	 */
	public int comparedDigits(Column column) {
		return column.scale();
	}

	/**
	 * Returns the placeholder for a value that is stored in a column or compared with it.
	 */
	public String placeholder(Column column) {
		return "?";
	}

	/**
	 * Returns a condition that a column is exactly the text of a parameter, in addition
	 * to the plain comparison, which can use an index. Returns null when texts that
	 * compare as equal are always identical.
	 */
	public @Nullable String exactly(Column column) {
		return null;
	}

	/** Returns the reader of a column that was selected with {@link #reading}. */
	public ColumnReader reader(Column column, StoredTimes times) {
		return ColumnReader.of(column, times);
	}

	/**
	 * Returns the reader of a column whose values are rarely looked at. It may leave
	 * their conversion to whoever does, and return {@link SentValue}s.
	 */
	public ColumnReader sentReader(Column column, StoredTimes times) {
		return reader(column, times);
	}

	/**
	 * Whether a column takes the values of another one as they were sent, and checks
	 * nothing but the length of texts.
	 */
	public boolean takesSent(Column source, Column target) {
		return false;
	}

	/**
	 * Returns the writer of a column.
	 * @param zone the zone of dates and times without a zone
	 * @param ofKey whether the column is part of the key, so that nothing may be
	 * truncated
	 */
	public ColumnWriter writer(Column column, ZoneId zone, boolean ofKey) {
		return ColumnWriter.of(column, zone, ofKey);
	}

	/** Returns a reader for the dates and times of one query. */
	public StoredTimes times() {
		return new StoredTimes();
	}

	/** Returns the sink that binds values to the parameters of a statement. */
	public StatementSink sink(PreparedStatement statement) throws SQLException {
		return new StatementSink(statement);
	}

	/** Returns the comparison form of the texts in a column. */
	public TextForm textForm(Connection connection, Table table, Column column) throws SQLException {
		return TextForm.UNKNOWN;
	}

	/**
	 * Returns the remedy if the driver could not read a row because of its size,
	 * otherwise null.
	 */
	public @Nullable String oversizedRemedy(SQLException ex) {
		return null;
	}

	/** Returns the remedy for a value that cannot be read, for messages. */
	public String remedy(Column column, SQLException ex) {
		return "correct the row at the source";
	}

	/**
	 * Returns the statement that inserts rows or updates the rows that have their keys.
	 */
	public abstract String upsert(Table table, List<Column> columns, List<Column> key, int rows);

	/**
	 * Whether conditions may compare several columns at once: {@code (a, b) IN ((1, 2))}.
	 */
	public boolean comparesRowValues() {
		return true;
	}

	/**
	 * Returns the number of rows per upsert: more than one if that is faster than the
	 * driver's batches.
	 */
	public int rowsPerStatement(int columns) {
		return 1;
	}

	/**
	 * Prepares an upsert.
	 * @param sql the statement for the number of rows
	 * @param columns its columns
	 * @param rows the number of rows; 0 if any number of them will follow
	 */
	public RowStatement prepareUpsert(Connection connection, String sql, List<Column> columns, int rows)
			throws SQLException {
		PreparedStatement statement = connection.prepareStatement(sql);
		StatementSink sink = sink(statement);
		return (rows > 0) ? BatchStatement.ofRows(statement, sink, rows, columns.size())
				: BatchStatement.ofRow(statement, sink);
	}

	/**
	 * Prepares an upsert of a table.
	 * @param key the columns of the key
	 * @param sql the statement for the number of rows
	 * @param columns its columns
	 * @param rows the number of rows; 0 if any number of them will follow
	 */
	public RowStatement prepareUpsert(Connection connection, Table table, List<Column> key, String sql,
			List<Column> columns, int rows) throws SQLException {
		return prepareUpsert(connection, sql, columns, rows);
	}

	/** Returns the way to load rows in bulk, or null if there is none. */
	public @Nullable BulkLoad bulk(Table table, List<Column> columns, List<Column> key) {
		return null;
	}

	/**
	 * Returns the reason why the driver does not combine rows in one statement, or null.
	 */
	public @Nullable String slowWrites(String url) {
		return null;
	}

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
		return Stream.concat(key.stream().map(this::equal), key.stream().map(this::exactly).filter(Objects::nonNull))
			.collect(Collectors.joining(" AND "));
	}

	/** Returns the condition that a column has the value of a parameter. */
	public final String equal(Column column) {
		return quote(column.name()) + " = " + placeholder(column);
	}

	/**
	 * Returns the statement that updates the row with a key.
	 * @param columns the columns to set, without those of the key
	 */
	public final String update(Table table, List<Column> columns, List<Column> key) {
		return "UPDATE %s SET %s WHERE %s".formatted(table.quoted(),
				columns.stream().map(this::equal).collect(Collectors.joining(", ")), matching(key));
	}

	/** Returns the statement that inserts rows. */
	public final String insert(Table table, List<Column> columns, int rows) {
		String row = columns.stream().map(this::placeholder).collect(Collectors.joining(", ", "(", ")"));
		return "INSERT INTO %s (%s) VALUES %s".formatted(table.quoted(), names(columns),
				String.join(", ", Collections.nCopies(rows, row)));
	}

	/** Returns the quoted names of columns, separated by commas. */
	public final String names(List<Column> columns) {
		return columns.stream().map((column) -> quote(column.name())).collect(Collectors.joining(", "));
	}

	@Override
	public String toString() {
		return name();
	}

}
