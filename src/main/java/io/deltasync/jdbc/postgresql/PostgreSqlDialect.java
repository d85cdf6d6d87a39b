package io.deltasync.jdbc.postgresql;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

import io.deltasync.api.AbortRunException;
import io.deltasync.jdbc.dialect.BulkLoad;
import io.deltasync.jdbc.dialect.Catalog;
import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.dialect.Failure;
import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.dialect.RowStatement;
import io.deltasync.jdbc.dialect.ServerClock;
import io.deltasync.jdbc.dialect.SessionSettings;
import io.deltasync.jdbc.dialect.StatementSink;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.dialect.TextForm;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnReader;
import io.deltasync.jdbc.value.ColumnWriter;
import io.deltasync.jdbc.value.StoredTimes;
import org.jspecify.annotations.Nullable;

/**
 * The dialect of PostgreSQL 14 and later. Parameters are cast to the types of their
 * columns, because the server converts texts to other types in no other way.
 */
public final class PostgreSqlDialect extends Dialect {

	private static final int OLDEST = 14;

	private static final Catalog CATALOG = new PostgreSqlCatalog();

	private static final ServerClock CLOCK = new PostgreSqlClock();

	// Removes the limits that a server or an account may set, also on the time that a
	// slow target takes between two rows. Settings that a version lacks are left out.
	private static final SessionSettings READING = new SessionSettings("""
			SELECT pg_catalog.set_config(s.name, v.value, true) FROM (VALUES ('timezone', 'UTC'),
			('intervalstyle', 'postgres'), ('statement_timeout', '0'), ('transaction_timeout', '0'),
			('idle_in_transaction_session_timeout', '0')) v(name, value)
			JOIN pg_catalog.pg_settings s ON lower(s.name) = v.name""", null);

	private static final String IDLE_LIMIT = """
			SELECT setting::bigint FROM pg_catalog.pg_settings
			WHERE name = 'idle_in_transaction_session_timeout'""";

	@Override
	public String name() {
		return "PostgreSQL";
	}

	@Override
	public boolean supports(DatabaseMetaData metaData) throws SQLException {
		return metaData.getDatabaseProductName().equals("PostgreSQL");
	}

	@Override
	public void check(DatabaseMetaData metaData, String connection) throws SQLException {
		if (metaData.getDatabaseMajorVersion() < OLDEST) {
			throw new AbortRunException("Connection '%s' is a PostgreSQL %s; the jdbc adapter supports %d and later"
				.formatted(connection, metaData.getDatabaseProductVersion(), OLDEST));
		}
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
		return PostgreSqlFailures.of(ex);
	}

	@Override
	public boolean streamsInTransaction() {
		return true;
	}

	@Override
	public SessionSettings settingsForReading(boolean instants) {
		return READING;
	}

	@Override
	public SessionSettings settingsForWriting(Connection connection, Table table, @Nullable Duration idleLimit)
			throws SQLException {
		String settings = "SET LOCAL TimeZone = 'UTC'; SET LOCAL IntervalStyle = 'postgres'";
		if (idleLimit != null) {
			long limit = Queries.list(connection, IDLE_LIMIT, List.of(), (row) -> row.getLong(1)).get(0);
			settings += "; SET LOCAL idle_in_transaction_session_timeout = "
					+ ((limit > 0) ? Math.min(limit, idleLimit.toMillis()) : idleLimit.toMillis());
		}
		return new SessionSettings(settings, null);
	}

	@Override
	public String reading(Column column) {
		String name = quote(column.name());
		if (PostgreSqlValues.isMoney(column)) {
			return name + "::numeric";
		}
		return PostgreSqlValues.isList(column) ? "array_to_json(%s)".formatted(name) : name;
	}

	@Override
	public String placeholder(Column column) {
		return "?::" + column.castType();
	}

	@Override
	public @Nullable String exactly(Column column) {
		return column.folding() ? "%s::text COLLATE \"C\" = ?::text".formatted(quote(column.name())) : null;
	}

	@Override
	public ColumnReader reader(Column column, StoredTimes times) {
		return PostgreSqlValues.reader(column, times);
	}

	@Override
	public ColumnWriter writer(Column column, ZoneId zone, boolean ofKey) {
		return PostgreSqlValues.writer(column, zone, ofKey);
	}

	@Override
	public StoredTimes times() {
		return new PostgreSqlTimes();
	}

	@Override
	public StatementSink sink(PreparedStatement statement) {
		return new PostgreSqlSink(statement);
	}

	@Override
	public TextForm textForm(Connection connection, Table table, Column column) {
		return PostgreSqlTextForm.of(column);
	}

	@Override
	public String upsert(Table table, List<Column> columns, List<Column> key, int rows) {
		return new PostgreSqlUpsert(this, table, columns, key).ofArrays();
	}

	@Override
	public RowStatement prepareUpsert(Connection connection, String sql, List<Column> columns, int rows)
			throws SQLException {
		return new ArrayStatement(connection, sql, columns);
	}

	@Override
	public BulkLoad bulk(Table table, List<Column> columns, List<Column> key) {
		return new CopyLoad(table, CopySql.of(this, table, columns, key));
	}

	/** Has the server plan the statement, which checks privileges. */
	@Override
	public void checkPrivileges(Connection connection, String sql) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("EXPLAIN " + sql)) {
			int parameters = statement.getParameterMetaData().getParameterCount();
			for (int i = 1; i <= parameters; i++) {
				statement.setNull(i, Types.NULL);
			}
			statement.execute();
		}
	}

}
