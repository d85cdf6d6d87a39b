package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * A program that delivers records from memory to a table.
 */
interface ScopeContender {

	/**
	 * Makes an empty working directory and databases ready.
	 */
	void prepare(Path directory, ScopeDatabase database) throws IOException, SQLException;

	List<String> command(ScopeDatabase database);

	/**
	 * Reads what the program says of itself.
	 * @throws IllegalArgumentException when it does not say what it should
	 */
	ScopeRun parse(String output);

	/** Counts the records that are missing or too many afterwards. */
	long recordsNotEqual(ScopeDatabase database) throws SQLException;

}
