package io.deltasync.jdbc.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.dialect.TextForm;
import io.deltasync.jdbc.value.Column;

/** The comparison form of texts in SQLite. */
final class SqliteTextForm {

	/** The catalogue tells the collation of a column only where it is indexed. */
	private static final String COLLATIONS = """
			SELECT DISTINCT x.coll FROM pragma_index_list(?1, ?2) l JOIN pragma_index_xinfo(l.name, ?2) x
			WHERE x.key = 1 AND l."unique" = 1 AND x.name = ?3""";

	private SqliteTextForm() {
	}

	static TextForm of(Connection connection, Table table, Column column) throws SQLException {
		List<String> collations = Queries.list(connection, COLLATIONS,
				List.of(table.name(), table.schema(), column.name()), (row) -> row.getString(1));
		if (collations.size() != 1) {
			return TextForm.UNKNOWN;
		}
		return switch (collations.get(0)) {
			case "BINARY" -> (database, texts) -> texts;
			case "NOCASE" -> (database, texts) -> texts.stream().map(SqliteTextForm::fold).toList();
			case "RTRIM" -> (database, texts) -> texts.stream().map(TextForm::strip).toList();
			default -> TextForm.UNKNOWN;
		};
	}

	/** Folds the letters of ASCII alone, as SQLite does. */
	private static String fold(String text) {
		StringBuilder folded = new StringBuilder(text);
		for (int i = 0; i < folded.length(); i++) {
			char letter = folded.charAt(i);
			if (letter >= 'A' && letter <= 'Z') {
				folded.setCharAt(i, (char) (letter + ('a' - 'A')));
			}
		}
		return folded.toString();
	}

}
