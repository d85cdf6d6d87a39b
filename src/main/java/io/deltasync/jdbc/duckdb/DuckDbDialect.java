package io.deltasync.jdbc.duckdb;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

import io.deltasync.jdbc.dialect.Catalog;
import io.deltasync.jdbc.dialect.Conflicts;
import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.dialect.Failure;
import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.dialect.RowStatement;
import io.deltasync.jdbc.dialect.ServerClock;
import io.deltasync.jdbc.dialect.StatementSink;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.dialect.TextForm;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnType;
import io.deltasync.jdbc.value.StoredTimes;

/**
 * The dialect of DuckDB 1.2 and later.
 */
public final class DuckDbDialect extends Dialect {

	private static final Catalog CATALOG = new DuckDbCatalog();

	private static final ServerClock CLOCK = new DuckDbClock();

	/** More rows are hardly faster. */
	private static final int MOST_ROWS = 500;

	private static final int MOST_PARAMETERS = 10_000;

	@Override
	public String name() {
		return "DuckDB";
	}

	@Override
	public boolean supports(DatabaseMetaData metaData) throws SQLException {
		return metaData.getDatabaseProductName().equals("DuckDB");
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
		return DuckDbFailures.of(ex);
	}

	@Override
	public boolean hasSavepoints() {
		return false;
	}

	static String quoted(String identifier) {
		return '"' + identifier.replace("\"", "\"\"") + '"';
	}

	/** Two transactions that change a row exclude each other without locks. */
	@Override
	public String locking() {
		return "";
	}

	/** Compares enumerations as texts. */
	@Override
	public String comparing(Column column) {
		return (column.type() == ColumnType.ENUM) ? "CAST(%s AS VARCHAR)".formatted(quote(column.name()))
				: quote(column.name());
	}

	/**
	 * Converts each decimal by itself: without that, all rows of a statement would get a
	 * common type, which may be DOUBLE.
	 */
	@Override
	public String placeholder(Column column) {
		return (column.type() == ColumnType.DECIMAL) ? "CAST(? AS %s)".formatted(column.typeName()) : "?";
	}

	@Override
	public StoredTimes times() {
		return new DuckDbTimes();
	}

	@Override
	public StatementSink sink(PreparedStatement statement) {
		return new DuckDbSink(statement);
	}

	@Override
	public TextForm textForm(Connection connection, Table table, Column column) throws SQLException {
		boolean binary = !DuckDbTypes.isCollated(column) && Queries
			.list(connection, "SELECT current_setting('default_collation')", List.of(), (row) -> row.getString(1))
			.contains("");
		return binary ? (database, texts) -> texts : TextForm.UNKNOWN;
	}

	@Override
	public String upsert(Table table, List<Column> columns, List<Column> key, int rows) {
		return Conflicts.upsert(table, columns, key, rows, false);
	}

	@Override
	public int rowsPerStatement(int columns) {
		return Math.max(2, Math.min(MOST_ROWS, MOST_PARAMETERS / columns));
	}

	@Override
	public RowStatement prepareUpsert(Connection connection, Table table, List<Column> key, String sql,
			List<Column> columns, int rows) {
		boolean collated = key.stream().anyMatch(DuckDbTypes::isCollated);
		int[] positions = collated ? new int[0] : key.stream().mapToInt(columns::indexOf).toArray();
		return new DuckDbRows(
				(number) -> connection
					.prepareStatement((number == Math.max(1, rows)) ? sql : upsert(table, columns, key, number)),
				positions);
	}

}
