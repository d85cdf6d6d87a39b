package io.deltasync.jdbc.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import io.deltasync.jdbc.dialect.TextForm;
import io.deltasync.jdbc.value.Column;
import org.jspecify.annotations.Nullable;

/**
 * The comparison form of texts in PostgreSQL: texts that compare as equal are identical,
 * but for spaces at the end of a CHAR, the case of a citext, and collations that say
 * otherwise, whose form nothing shows.
 */
final class PostgreSqlTextForm {

	private static final String LOWER = "SELECT lower(v) FROM unnest(?::text[]) WITH ORDINALITY AS t(v, n) ORDER BY n";

	private PostgreSqlTextForm() {
	}

	static TextForm of(Column column) {
		String type = column.castType();
		if (!column.members().isEmpty()) {
			return (database, texts) -> texts;
		}
		if (type.endsWith("citext")) {
			return PostgreSqlTextForm::lower;
		}
		if (column.folding()) {
			return TextForm.UNKNOWN;
		}
		return switch (type) {
			case "bpchar" -> (database, texts) -> texts.stream().map(TextForm::strip).toList();
			case "text", "character varying", "name" -> (database, texts) -> texts;
			default -> TextForm.UNKNOWN;
		};
	}

	private static List<@Nullable String> lower(DataSource database, List<String> texts) throws SQLException {
		List<@Nullable String> forms = new ArrayList<>(texts.size());
		try (Connection connection = database.getConnection();
				PreparedStatement statement = connection.prepareStatement(LOWER)) {
			statement.setMaxRows(0);
			statement.setArray(1, connection.createArrayOf("text", texts.toArray()));
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					forms.add(rows.getString(1));
				}
			}
		}
		return forms;
	}

}
