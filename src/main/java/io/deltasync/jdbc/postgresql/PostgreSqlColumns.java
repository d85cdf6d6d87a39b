package io.deltasync.jdbc.postgresql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnType;

/**
 * Reads the columns of a table. A column of a domain is one of the type below it.
 */
final class PostgreSqlColumns {

	// An identity that the server always generates can be given for a new row only, so it
	// is left to the server unless it is the primary key.
	private static final String COLUMNS = """
			WITH RECURSIVE base AS (
			SELECT a.attnum, a.atttypid AS type, a.atttypmod AS modifier, a.attnotnull AS required
			FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped
			UNION ALL
			SELECT b.attnum, t.typbasetype, CASE WHEN t.typtypmod <> -1 THEN t.typtypmod ELSE b.modifier END,
			b.required OR t.typnotnull
			FROM base b JOIN pg_catalog.pg_type t ON t.oid = b.type WHERE t.typtype = 'd')
			SELECT a.attname, t.typname, t.typtype, t.typcategory, b.modifier, b.required,
			pg_catalog.format_type(a.atttypid, a.atttypmod) AS shown, pg_catalog.format_type(t.oid, -1) AS cast_type,
			a.attidentity, a.attgenerated, a.atthasdef, pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS expression,
			EXISTS (SELECT 1 FROM pg_catalog.pg_index i WHERE i.indrelid = a.attrelid AND i.indisprimary
			AND a.attnum = ANY (i.indkey)) AS in_key,
			(SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum e
			WHERE e.enumtypid = t.oid) AS members,
			COALESCE((SELECT NOT l.collisdeterministic FROM pg_catalog.pg_collation l WHERE l.oid = a.attcollation),
			false) AS folds
			FROM base b JOIN pg_catalog.pg_type t ON t.oid = b.type AND t.typtype <> 'd'
			JOIN pg_catalog.pg_class c ON c.relname = ?
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = ?
			JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = b.attnum
			LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
			ORDER BY a.attnum""";

	/** Digits of fractions of seconds unless the column has fewer. */
	private static final int MICROSECONDS = 6;

	private static final int HEADER = 4;

	private PostgreSqlColumns() {
	}

	static List<Column> list(Connection connection, String schema, String table) throws SQLException {
		return Queries.list(connection, COLUMNS, List.of(schema, table, table, schema), PostgreSqlColumns::column);
	}

	private static Column column(ResultSet row) throws SQLException {
		String name = row.getString("typname");
		List<String> members = members(row);
		ColumnType type = "A".equals(row.getString("typcategory")) ? ColumnType.OTHER : type(name);
		int modifier = row.getInt("modifier");
		boolean nullable = !row.getBoolean("required");
		String identity = row.getString("attidentity");
		boolean numbered = !identity.isEmpty() || String.valueOf(row.getString("expression")).startsWith("nextval(");
		boolean generated = !row.getString("attgenerated").isEmpty();
		boolean folds = name.equals("citext") || row.getBoolean("folds");
		return Column.builder(row.getString("attname"), type, row.getString("shown"))
			.castType(row.getString("cast_type"))
			.size(size(type, name, modifier))
			.scale(scale(type, modifier))
			.padding(name.equals("bpchar") ? Column.Padding.STRIPPED : Column.Padding.NONE)
			.members(members)
			.folding(folds)
			.unsigned(name.equals("oid"))
			.nullable(nullable)
			.optional(nullable || numbered || row.getBoolean("atthasdef"))
			.computed(generated || (identity.equals("a") && !row.getBoolean("in_key")))
			.numbered(numbered)
			.filled(generated ? List.of() : Stream.of(row.getString("expression")).filter(Objects::nonNull).toList())
			.build();
	}

	private static List<String> members(ResultSet row) throws SQLException {
		Array members = row.getArray("members");
		return (members != null) ? Arrays.stream((Object[]) members.getArray()).map(String::valueOf).toList()
				: List.of();
	}

	private static long size(ColumnType type, String name, int modifier) {
		return switch (type) {
			case INTEGER -> switch (name) {
				case "int2" -> Short.SIZE;
				case "int8" -> Long.SIZE;
				default -> Integer.SIZE;
			};
			case DECIMAL -> (modifier >= HEADER) ? (modifier - HEADER) >> Short.SIZE : 0;
			case TEXT ->
				(modifier >= HEADER && (name.equals("varchar") || name.equals("bpchar"))) ? modifier - HEADER : 0;
			default -> 0;
		};
	}

	private static int scale(ColumnType type, int modifier) {
		return switch (type) {
			// eleven bits with a sign
			case DECIMAL -> (modifier >= HEADER) ? (((modifier - HEADER) & 0x7ff) ^ 0x400) - 0x400 : 0;
			case FLOAT, DOUBLE -> Column.FLOATING;
			case TIME, LOCAL_DATE_TIME, INSTANT -> (modifier >= 0) ? modifier : MICROSECONDS;
			default -> 0;
		};
	}

	/**
	 * Returns the kind of a type; what has no other is a text, as the server writes it.
	 */
	private static ColumnType type(String name) {
		return switch (name) {
			case "int2", "int4", "int8", "oid" -> ColumnType.INTEGER;
			case "numeric", "money" -> ColumnType.DECIMAL;
			case "float4" -> ColumnType.FLOAT;
			case "float8" -> ColumnType.DOUBLE;
			case "bool" -> ColumnType.BOOLEAN;
			case "json", "jsonb" -> ColumnType.JSON;
			case "bytea" -> ColumnType.BINARY;
			case "date" -> ColumnType.DATE;
			case "time" -> ColumnType.TIME;
			case "timestamp" -> ColumnType.LOCAL_DATE_TIME;
			case "timestamptz" -> ColumnType.INSTANT;
			case "uuid" -> ColumnType.UUID;
			default -> ColumnType.TEXT;
		};
	}

}
