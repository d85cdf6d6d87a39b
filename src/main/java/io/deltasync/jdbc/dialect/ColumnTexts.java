package io.deltasync.jdbc.dialect;

import java.util.List;
import java.util.Locale;

import io.deltasync.api.ColumnDescription;
import io.deltasync.jdbc.value.Column;

/**
 * Describes the columns of a table as its {@code CREATE TABLE} would.
 */
public final class ColumnTexts {

	private ColumnTexts() {
	}

	/** Returns all columns in order. */
	public static List<ColumnDescription> of(Table table) {
		return table.columns()
			.stream()
			.map((column) -> new ColumnDescription(column.name(),
					type(column) + (column.nullable() ? "" : " NOT NULL") + (column.computed() ? " GENERATED" : "")
							+ (table.primaryKey().contains(column.name()) ? " PRIMARY KEY" : "")))
			.toList();
	}

	private static String type(Column column) {
		String name = column.typeName();
		// some catalogues give the whole type
		return name.contains("(") ? name : name.replaceFirst("\\w+(?= WITH)|$", "$0" + parameters(column));
	}

	private static String parameters(Column column) {
		return switch (column.type()) {
			case DECIMAL ->
				(column.scale() >= 0 && column.size() > 0) ? "(%d,%d)".formatted(column.size(), column.scale()) : "";
			case TEXT, BINARY -> hasLength(column) ? "(%d)".formatted(column.size()) : "";
			case TIME, TIME_SPAN, LOCAL_DATE_TIME, INSTANT, OFFSET_DATE_TIME ->
				(column.scale() > 0) ? "(%d)".formatted(column.scale()) : "";
			default -> "";
		};
	}

	private static boolean hasLength(Column column) {
		String name = column.typeName().toLowerCase(Locale.ROOT);
		return column.size() > 0 && !name.contains("large object")
				&& (name.contains("char") || name.contains("binary"));
	}

}
