package io.deltasync.jdbc.delta;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.deltasync.api.LinkContext;
import org.jspecify.annotations.Nullable;

/**
 * A way to find the changes in a table.
 */
public interface Delta {

	/**
	 * Plans the window of a run and the cursor of the next run.
	 * @param connection an open connection to the source
	 * @param context the run, with the cursor of the last successful one
	 * @return the plan
	 */
	Reading plan(Connection connection, LinkContext context) throws SQLException;

	/**
	 * The plan of a run.
	 *
	 * @param window the window; null to read everything
	 * @param cursor the cursor of the next run; null to keep the current one
	 * @param description a description of the window, for the log
	 * @param warnings warnings for the operator
	 */
	record Reading(@Nullable Window window, @Nullable String cursor, String description, List<String> warnings) {

	}

}
