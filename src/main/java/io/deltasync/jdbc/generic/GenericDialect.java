package io.deltasync.jdbc.generic;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.deltasync.api.AbortRunException;
import io.deltasync.jdbc.dialect.Catalog;
import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.dialect.Failure;
import io.deltasync.jdbc.dialect.RowStatement;
import io.deltasync.jdbc.dialect.ServerClock;
import io.deltasync.jdbc.dialect.SqlStates;
import io.deltasync.jdbc.dialect.StatementSink;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnReader;
import io.deltasync.jdbc.value.ColumnWriter;
import io.deltasync.jdbc.value.FloatingWriter;
import io.deltasync.jdbc.value.StoredTimes;

/**
 * The dialect of every database that has no dialect of its own: standard types and
 * standard SQL. An upsert is an update followed by an insert.
 */
public final class GenericDialect extends Dialect {

	private static final Catalog CATALOG = new GenericCatalog();

	private static final ServerClock CLOCK = new GenericClock();

	private final String product;

	private final boolean savepoints;

	/** Creates the dialect, which becomes that of a database by {@link #of}. */
	public GenericDialect() {
		this("other databases with standard SQL", true);
	}

	private GenericDialect(String product, boolean savepoints) {
		this.product = product;
		this.savepoints = savepoints;
	}

	@Override
	public String name() {
		return this.product;
	}

	@Override
	public boolean supports(DatabaseMetaData metaData) {
		return true;
	}

	@Override
	public void check(DatabaseMetaData metaData, String connection) throws SQLException {
		if (!"\"".equals(metaData.getIdentifierQuoteString())) {
			throw new AbortRunException(
					("Connection '%s' is a %s, which does not quote names as the SQL standard does; give it a setting "
							+ "for that, or write a dialect for it")
						.formatted(connection, metaData.getDatabaseProductName()));
		}
	}

	@Override
	public Dialect of(DatabaseMetaData metaData) throws SQLException {
		return new GenericDialect(metaData.getDatabaseProductName(), metaData.supportsSavepoints());
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
		String state = String.valueOf(ex.getSQLState());
		return switch (state) {
			case "23505" -> Failure.DUPLICATE;
			case "23503" -> Failure.PARENT;
			default -> SqlStates.failure(ex);
		};
	}

	/** Not all databases do. */
	@Override
	public boolean comparesRowValues() {
		return false;
	}

	@Override
	public boolean hasSavepoints() {
		return this.savepoints;
	}

	/** Not all databases lock rows by a query. */
	@Override
	public String locking() {
		return "";
	}

	@Override
	public ColumnReader reader(Column column, StoredTimes times) {
		return switch (column.type()) {
			case TIME -> ((GenericTimes) times)::time;
			case OFFSET_DATE_TIME -> GenericDialect::offset;
			default -> super.reader(column, times);
		};
	}

	private static OffsetDateTime offset(ResultSet row, int index) throws SQLException {
		return row.getObject(index, OffsetDateTime.class);
	}

	@Override
	public ColumnWriter writer(Column column, ZoneId zone, boolean ofKey) {
		return switch (column.type()) {
			case FLOAT, DOUBLE -> new FloatingWriter(column, ofKey, false);
			case DATE, LOCAL_DATE_TIME, OFFSET_DATE_TIME -> new GenericTimeWriter(column, zone, ofKey);
			default -> super.writer(column, zone, ofKey);
		};
	}

	@Override
	public StoredTimes times() {
		return new GenericTimes();
	}

	@Override
	public StatementSink sink(PreparedStatement statement) {
		return new GenericSink(statement);
	}

	@Override
	public String upsert(Table table, List<Column> columns, List<Column> key, int rows) {
		return insert(table, columns, 1);
	}

	@Override
	public RowStatement prepareUpsert(Connection connection, Table table, List<Column> key, String sql,
			List<Column> columns, int rows) {
		List<Column> set = columns.stream().filter((column) -> !key.contains(column)).toList();
		// a row that is its key alone is left as it is
		String update = update(table, set.isEmpty() ? key : set, key);
		int[] updated = Stream.concat((set.isEmpty() ? key : set).stream(), key.stream())
			.flatMapToInt((column) -> IntStream.of(columns.indexOf(column)))
			.toArray();
		return new UpdateThenInsert(connection, update, updated, sql);
	}

}
