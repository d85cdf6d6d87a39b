package io.deltasync.jdbc.postgresql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;

import io.deltasync.jdbc.dialect.TextForm;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnReader;
import io.deltasync.jdbc.value.ColumnType;
import io.deltasync.jdbc.value.ColumnWriter;
import io.deltasync.jdbc.value.StoredTimes;
import io.deltasync.jdbc.value.UnsupportedWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Chooses the readers and writers of columns. */
final class PostgreSqlValues {

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.USE_LONG_FOR_INTS)
		.build();

	private PostgreSqlValues() {
	}

	static ColumnReader reader(Column column, StoredTimes times) {
		return switch (column.type()) {
			case TIME -> PostgreSqlTimes::time;
			case TEXT ->
				(column.padding() == Column.Padding.STRIPPED) ? PostgreSqlValues::stripped : ResultSet::getString;
			case OTHER -> PostgreSqlValues::list;
			default -> ColumnReader.of(column, times);
		};
	}

	private static @Nullable Object stripped(ResultSet row, int index) throws SQLException {
		String text = row.getString(index);
		return (text != null) ? TextForm.strip(text) : null;
	}

	private static @Nullable Object list(ResultSet row, int index) throws SQLException {
		String json = row.getString(index);
		return (json != null) ? JSON.readValue(json, List.class) : null;
	}

	static ColumnWriter writer(Column column, ZoneId zone, boolean ofKey) {
		return switch (column.type()) {
			case DECIMAL -> decimal(column, zone, ofKey);
			case TEXT ->
				column.members().isEmpty() ? new PostgreSqlTextWriter(column) : ColumnWriter.of(column, zone, ofKey);
			case JSON -> new PostgreSqlJsonWriter(column);
			case OTHER -> new ListWriter(column);
			default -> ColumnWriter.of(column, zone, ofKey);
		};
	}

	private static ColumnWriter decimal(Column column, ZoneId zone, boolean ofKey) {
		if (isMoney(column) || column.scale() < 0) {
			// the digits of the one depend on the locale, and the other rounds to tens
			return new UnsupportedWriter(column);
		}
		return (column.size() == 0) ? new UnlimitedDecimalWriter(column) : ColumnWriter.of(column, zone, ofKey);
	}

	static boolean isMoney(Column column) {
		return column.type() == ColumnType.DECIMAL && column.castType().equals("money");
	}

	static boolean isList(Column column) {
		return column.type() == ColumnType.OTHER;
	}

}
