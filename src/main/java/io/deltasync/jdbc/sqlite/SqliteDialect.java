package io.deltasync.jdbc.sqlite;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;

import io.deltasync.jdbc.dialect.Catalog;
import io.deltasync.jdbc.dialect.Conflicts;
import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.dialect.Failure;
import io.deltasync.jdbc.dialect.ServerClock;
import io.deltasync.jdbc.dialect.StatementSink;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.dialect.TextForm;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnReader;
import io.deltasync.jdbc.value.ColumnType;
import io.deltasync.jdbc.value.ColumnWriter;
import io.deltasync.jdbc.value.FloatingWriter;
import io.deltasync.jdbc.value.StoredTimes;
import org.jspecify.annotations.Nullable;

/**
 * The dialect of SQLite 3.37 and later.
 */
public final class SqliteDialect extends Dialect {

	private static final Catalog CATALOG = new SqliteCatalog();

	private static final ServerClock CLOCK = new SqliteClock();

	private static final int MILLISECONDS = 3;

	/** Texts in one of SQLite's forms; others compare as NULL. */
	private static final String TIME = "CASE WHEN typeof(%1$s) = 'text' AND %1$s GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*' THEN strftime('%2$s', %1$s) END";

	@Override
	public String name() {
		return "SQLite";
	}

	@Override
	public boolean supports(DatabaseMetaData metaData) throws SQLException {
		return metaData.getDatabaseProductName().equals("SQLite");
	}

	@Override
	public Catalog catalog() {
		return CATALOG;
	}

	@Override
	public ServerClock clock() {
		return CLOCK;
	}

	@Override
	public Failure failure(SQLException ex) {
		return SqliteFailures.of(ex);
	}

	/** Tables without STRICT or WITHOUT ROWID permit it, unless they say NOT NULL. */
	@Override
	public boolean permitsNullInKeys() {
		return true;
	}

	@Override
	public String limited(String query, int rows) {
		return "%s LIMIT %d".formatted(query, rows);
	}

	/** A transaction that writes locks the whole database. */
	@Override
	public String locking() {
		return "";
	}

	/** Converts times to one form, in UTC and with milliseconds. */
	@Override
	public String comparing(Column column) {
		String name = quote(column.name());
		return switch (column.type()) {
			case DATE -> TIME.formatted(name, "%Y-%m-%d");
			case LOCAL_DATE_TIME -> TIME.formatted(name, "%Y-%m-%d %H:%M:%f");
			case INSTANT -> TIME.formatted(name, "%Y-%m-%dT%H:%M:%fZ");
			default -> name;
		};
	}

	/** SQLite's functions know milliseconds, also of texts with more digits. */
	@Override
	public int comparedDigits(Column column) {
		return Math.min(column.scale(), MILLISECONDS);
	}

	@Override
	public @Nullable String exactly(Column column) {
		return (column.type() == ColumnType.TEXT) ? quote(column.name()) + " = ? COLLATE BINARY" : null;
	}

	@Override
	public ColumnReader reader(Column column, StoredTimes times) {
		return SqliteValues.reader(column, (SqliteTimes) times);
	}

	@Override
	public ColumnWriter writer(Column column, ZoneId zone, boolean ofKey) {
		return switch (column.type()) {
			case DECIMAL -> new SqliteDecimalWriter(column, ofKey);
			case DOUBLE -> new FloatingWriter(column, ofKey, false);
			case DATE, LOCAL_DATE_TIME, INSTANT -> new SqliteTimeWriter(column, zone, ofKey);
			case OTHER -> new SqliteAnyWriter(column);
			default -> super.writer(column, zone, ofKey);
		};
	}

	@Override
	public StoredTimes times() {
		return new SqliteTimes();
	}

	@Override
	public StatementSink sink(PreparedStatement statement) {
		return new SqliteSink(statement);
	}

	@Override
	public TextForm textForm(Connection connection, Table table, Column column) throws SQLException {
		return SqliteTextForm.of(connection, table, column);
	}

	@Override
	public String upsert(Table table, List<Column> columns, List<Column> key, int rows) {
		return Conflicts.upsert(table, columns, key, rows, true);
	}

}
