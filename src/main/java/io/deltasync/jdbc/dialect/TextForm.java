package io.deltasync.jdbc.dialect;

import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * Converts texts to a form that is equal exactly when a column compares them as equal.
 * Thread-safe.
 */
public interface TextForm {

	/** The form for a column whose comparison is unknown: null for every text. */
	TextForm UNKNOWN = (database, texts) -> Collections.nCopies(texts.size(), null);

	/**
	 * Returns the forms of texts.
	 * @param database the column's database
	 * @param texts texts that do not exceed the length of the column
	 * @return a form for each text, in the same order; null when it is unknown, or when
	 * the column cannot hold the text
	 */
	List<? extends @Nullable String> of(DataSource database, List<String> texts) throws SQLException;

	/** Removes trailing spaces. */
	static String strip(String text) {
		int end = text.length();
		while (end > 0 && text.charAt(end - 1) == ' ') {
			end--;
		}
		return text.substring(0, end);
	}

}
