package io.deltasync.jdbc.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import javax.sql.DataSource;

import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.dialect.Session;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.dialect.TextForm;
import io.deltasync.jdbc.value.Column;
import org.jspecify.annotations.Nullable;

/**
 * The comparison form of texts in MySQL and MariaDB. Equality depends on the column's
 * character set and collation: case, accents, trailing spaces, ignorable characters. The
 * server computes the collation weights, because a client could only guess them.
 */
final class MySqlTextForm implements TextForm {

	private static final String COLLATION = """
			SELECT CHARACTER_SET_NAME, COLLATION_NAME FROM INFORMATION_SCHEMA.COLUMNS
			WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND COLUMN_NAME = ? AND COLLATION_NAME IS NOT NULL""";

	/** JSON_TABLE computes the weights of all texts in a single query. */
	private static final String QUERY = "SELECT %s FROM JSON_TABLE(?, '$[*]' COLUMNS (n FOR ORDINALITY, "
			+ "v VARCHAR(%d) CHARACTER SET utf8mb4 PATH '$')) j ORDER BY j.n";

	private static final int ASCII_END = 0x7f;

	private final String sql;

	private final Dialect dialect;

	/** Whether trailing spaces are removed first, as a CHAR never stores them. */
	private final boolean stripped;

	private MySqlTextForm(Dialect dialect, String sql, boolean stripped) {
		this.dialect = dialect;
		this.sql = sql;
		this.stripped = stripped;
	}

	static TextForm of(Connection connection, Table table, Column column, boolean comparesPadding) throws SQLException {
		String type = column.typeName().toLowerCase(Locale.ROOT);
		List<String[]> collations = Queries.list(connection, COLLATION,
				List.of(table.schema(), table.name(), column.name()),
				(row) -> new String[] { row.getString(1), row.getString(2) });
		if (collations.isEmpty()) {
			// MariaDB's UUID, INET4 and INET6, which are not stored as texts
			return new MySqlTextForm(table.dialect(),
					QUERY.formatted("CAST(CAST(j.v AS %s) AS CHAR)".formatted(type), 100), true);
		}
		String[] collation = collations.get(0);
		boolean padded = Boolean.TRUE
			.equals(Queries
				.list(connection, "SELECT %s = %s".formatted(collated("'a'", collation), collated("'a '", collation)),
						List.of(), (row) -> row.getBoolean(1))
				.get(0));
		boolean isChar = type.startsWith("char");
		if (collation[1].endsWith("_bin")) {
			return (padded || isChar) ? (database, texts) -> texts.stream().map(TextForm::strip).toList()
					: (database, texts) -> texts;
		}
		long length = Math.max(1, column.size());
		String value = (isChar && !padded && comparesPadding)
				? "RPAD(CONVERT(j.v USING %s), %d, ' ') COLLATE %s".formatted(collation[0], length, collation[1])
				: collated("j.v", collation);
		String weights = padded ? "TRIM(TRAILING HEX(WEIGHT_STRING(%s)) FROM HEX(WEIGHT_STRING(%s AS CHAR(%d))))"
			.formatted(collated("' '", collation), value, length) : "HEX(WEIGHT_STRING(%s))".formatted(value);
		// a character that the character set lacks would become a question mark
		String form = "IF(CAST(CONVERT(CONVERT(j.v USING %s) USING utf8mb4) AS BINARY) = CAST(j.v AS BINARY), SHA2(%s, 256), NULL)"
			.formatted(collation[0], weights);
		return new MySqlTextForm(table.dialect(), QUERY.formatted(form, length), isChar);
	}

	private static String collated(String value, String[] collation) {
		return "CONVERT(%s USING %s) COLLATE %s".formatted(value, collation[0], collation[1]);
	}

	@Override
	public List<? extends @Nullable String> of(DataSource database, List<String> texts) throws SQLException {
		List<@Nullable String> forms = new ArrayList<>(texts.size());
		// a row limit would omit forms
		try (Session session = Session.forReading(database, this.dialect, false);
				PreparedStatement statement = session.connection().prepareStatement(this.sql)) {
			statement.setMaxRows(0);
			statement.setString(1, json(texts));
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					forms.add(rows.getString(1));
				}
			}
		}
		return forms;
	}

	/** Writes ASCII only, so that the connection's character set does not matter. */
	private String json(List<String> texts) {
		StringBuilder json = new StringBuilder("[");
		for (String text : texts) {
			json.append((json.length() > 1) ? ",\"" : "\"");
			String kept = this.stripped ? TextForm.strip(text) : text;
			for (int i = 0; i < kept.length(); i++) {
				char unit = kept.charAt(i);
				if (unit < ' ' || unit >= ASCII_END || unit == '"' || unit == '\\') {
					json.append("\\u%04x".formatted((int) unit));
				}
				else {
					json.append(unit);
				}
			}
			json.append('"');
		}
		return json.append(']').toString();
	}

}
