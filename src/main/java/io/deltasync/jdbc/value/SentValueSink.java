package io.deltasync.jdbc.value;

import java.sql.SQLException;

/** A sink that takes values as another server sent them. */
public interface SentValueSink extends RowSink {

	/** Adds a value whose text is that of the same value in the column. */
	void add(SentValue value) throws SQLException;

}
