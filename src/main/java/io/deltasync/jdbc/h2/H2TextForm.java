package io.deltasync.jdbc.h2;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.dialect.TextForm;
import io.deltasync.jdbc.value.Column;

/**
 * The comparison form of texts in H2.
 */
final class H2TextForm {

	private static final String COLLATION = """
			SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS
			WHERE SETTING_NAME = 'COLLATION' AND SETTING_VALUE <> 'OFF'""";

	private H2TextForm() {
	}

	static TextForm of(Connection connection, Column column) throws SQLException {
		if (!Queries.list(connection, COLLATION, List.of(), (row) -> row.getString(1)).isEmpty()) {
			return TextForm.UNKNOWN;
		}
		return switch (column.typeName()) {
			case "VARCHAR_IGNORECASE" -> (database, texts) -> texts.stream().map(H2TextForm::fold).toList();
			case "CHARACTER" -> (database, texts) -> texts.stream().map(TextForm::strip).toList();
			default -> (database, texts) -> texts;
		};
	}

	/** Folds case as {@link String#compareToIgnoreCase}, which H2 uses. */
	private static String fold(String text) {
		char[] units = text.toCharArray();
		for (int i = 0; i < units.length; i++) {
			units[i] = Character.toLowerCase(Character.toUpperCase(units[i]));
		}
		return new String(units);
	}

}
