package io.deltasync.jdbc.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;

/**
 * The statements that insert rows or update the rows with their keys.
 */
final class PostgreSqlUpsert {

	private final Dialect dialect;

	private final Table table;

	private final List<Column> columns;

	private final List<Column> key;

	PostgreSqlUpsert(Dialect dialect, Table table, List<Column> columns, List<Column> key) {
		this.dialect = dialect;
		this.table = table;
		this.columns = columns;
		this.key = key;
	}

	/**
	 * Returns the upsert of rows that are bound as an array per column. One statement
	 * cannot write a row twice, so of several rows with a key only the last is written.
	 * In the order of the key, transactions that write the same rows wait for each other
	 * instead of ending in a deadlock.
	 */
	String ofArrays() {
		List<String> values = new ArrayList<>();
		List<String> arrays = new ArrayList<>();
		List<String> names = new ArrayList<>();
		for (Column column : this.columns) {
			String name = "c" + names.size();
			names.add(name);
			arrays.add("?::%s[]".formatted(ArrayColumn.of(column).type()));
			values.add("%s::%s AS %s".formatted(name, column.castType(), this.dialect.quote(column.name())));
		}
		String rows = "SELECT %s, \"deltasync row\" FROM unnest(%s) WITH ORDINALITY AS deltasync(%s, \"deltasync row\")"
			.formatted(String.join(", ", values), String.join(", ", arrays), String.join(", ", names));
		return insert("(%s) \"deltasync rows\"".formatted(rows));
	}

	/**
	 * Returns the upsert of the rows of a table that has the columns, and a column
	 * {@code deltasync row} that numbers them.
	 */
	String of(String source) {
		return insert(source);
	}

	private String insert(String source) {
		String names = this.dialect.names(this.columns);
		String keys = this.dialect.names(this.key);
		return "INSERT INTO %s AS deltasync (%s)%s SELECT %s FROM (SELECT DISTINCT ON (%s) * FROM %s ORDER BY %s, \"deltasync row\" DESC) \"deltasync new\" ON CONFLICT (%s) %s"
			.formatted(this.table.quoted(), names, overriding(), names, keys, source, keys, keys, update());
	}

	/** Allows values for an identity that the server would generate. */
	private String overriding() {
		return this.columns.stream().anyMatch(Column::numbered) ? " OVERRIDING SYSTEM VALUE" : "";
	}

	/** Returns the update of a row, unless it has the values already. */
	private String update() {
		List<Column> set = this.columns.stream()
			.filter((column) -> !this.key.contains(column) || this.dialect.exactly(column) != null)
			.toList();
		if (set.isEmpty()) {
			return "DO NOTHING";
		}
		return "DO UPDATE SET %s WHERE %s".formatted(
				set.stream()
					.map((column) -> "%1$s = excluded.%1$s".formatted(this.dialect.quote(column.name())))
					.collect(Collectors.joining(", ")),
				set.stream().map(this::differs).collect(Collectors.joining(" OR ")));
	}

	/**
	 * Returns the condition that a value differs in any way, even if it compares as
	 * equal. Types without an order compare as texts.
	 */
	private String differs(Column column) {
		boolean plain = switch (column.type()) {
			case INTEGER, BOOLEAN, BINARY, DATE, TIME, LOCAL_DATE_TIME, INSTANT, UUID -> true;
			case DECIMAL -> column.size() > 0;
			default -> false;
		};
		String name = this.dialect.quote(column.name());
		String compared = plain ? "%s.%s" : "%s.%s::text COLLATE \"C\"";
		return "%s IS DISTINCT FROM %s".formatted(compared.formatted("deltasync", name),
				compared.formatted("excluded", name));
	}

}
