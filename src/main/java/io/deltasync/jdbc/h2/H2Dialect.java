package io.deltasync.jdbc.h2;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;

import io.deltasync.jdbc.dialect.Catalog;
import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.dialect.Failure;
import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.dialect.ServerClock;
import io.deltasync.jdbc.dialect.SessionSettings;
import io.deltasync.jdbc.dialect.SqlStates;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.dialect.TextForm;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnReader;
import io.deltasync.jdbc.value.ColumnType;
import io.deltasync.jdbc.value.ColumnWriter;
import io.deltasync.jdbc.value.ObjectWriter;
import io.deltasync.jdbc.value.StoredTimes;
import org.jspecify.annotations.Nullable;

/**
 * The dialect of H2 2.x.
 */
public final class H2Dialect extends Dialect {

	private static final Catalog CATALOG = new H2Catalog();

	private static final ServerClock CLOCK = new H2Clock();

	private static final String TIME_LIMIT = "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'QUERY_TIMEOUT'";

	private static final SessionSettings UNLIMITED = new SessionSettings(
			"SET @DELTASYNC_QUERY_TIMEOUT = (%s); SET QUERY_TIMEOUT 0".formatted(TIME_LIMIT),
			"SET QUERY_TIMEOUT @DELTASYNC_QUERY_TIMEOUT");

	@Override
	public String name() {
		return "H2";
	}

	@Override
	public boolean supports(DatabaseMetaData metaData) throws SQLException {
		return metaData.getDatabaseProductName().equals("H2");
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
		return switch (ex.getErrorCode()) {
			case 23505 -> Failure.DUPLICATE;
			case 23506 -> Failure.PARENT;
			case 90096 -> Failure.PRIVILEGE;
			case 90097 -> Failure.READ_ONLY;
			case 90028, 90031 -> Failure.SPACE;
			case 57014 -> Failure.TIME_LIMIT;
			default -> SqlStates.failure(ex);
		};
	}

	/** A failed statement undoes only its own changes. */
	@Override
	public boolean endsTransactionOnFailure() {
		return false;
	}

	/** Removes the time limit that a URL may set. */
	@Override
	public SessionSettings settingsForReading(boolean instants) {
		return UNLIMITED;
	}

	@Override
	public @Nullable SessionSettings settingsForWriting(Connection connection, Table table,
			@Nullable Duration idleLimit) throws SQLException {
		boolean limited = Queries.list(connection, TIME_LIMIT, List.of(), (row) -> row.getLong(1))
			.stream()
			.anyMatch((limit) -> limit > 0);
		return limited ? UNLIMITED : null;
	}

	@Override
	public String placeholder(Column column) {
		return (column.type() == ColumnType.JSON) ? "? FORMAT JSON" : "?";
	}

	/** Intervals, arrays and other types have classes of the driver. */
	@Override
	public ColumnReader reader(Column column, StoredTimes times) {
		return (column.type() == ColumnType.OTHER) ? ResultSet::getObject : super.reader(column, times);
	}

	@Override
	public ColumnWriter writer(Column column, ZoneId zone, boolean ofKey) {
		return (column.type() == ColumnType.OTHER) ? new ObjectWriter(column, ofKey)
				: super.writer(column, zone, ofKey);
	}

	@Override
	public TextForm textForm(Connection connection, Table table, Column column) throws SQLException {
		return H2TextForm.of(connection, column);
	}

	@Override
	public String upsert(Table table, List<Column> columns, List<Column> key, int rows) {
		return "MERGE INTO %s (%s) KEY (%s) VALUES (%s)".formatted(table.quoted(), names(columns), names(key),
				columns.stream().map(this::placeholder).collect(Collectors.joining(", ")));
	}

}
