package io.deltasync.jdbc.dialect;

import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * Brings texts into the form in which a column compares them. Safe for use by many
 * threads.
 */
public interface TextForm {

	/** Of a column whose equality nobody can tell. */
	TextForm UNKNOWN = (database, texts) -> Collections.nCopies(texts.size(), null);

	/**
	 * Returns the forms of texts.
	 * @param database the column's database
	 * @param texts texts that the column can hold by their length
	 * @return for each text a form that is equal for two texts exactly when the column
	 * takes them for equal; null where that is not known, or where the column cannot hold
	 * the text
	 */
	List<? extends @Nullable String> of(DataSource database, List<String> texts) throws SQLException;

}
