package io.deltasync.jdbc.read;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.deltasync.api.LinkContext;
import org.jspecify.annotations.Nullable;

/**
 * A way to tell what changed.
 */
interface Delta {

	/**
	 * Decides what a run reads and what the next one goes on from.
	 * @param connection to the source
	 * @param context what is known of the last successful run
	 * @return the decision
	 */
	Reading plan(Connection connection, LinkContext context) throws SQLException;

	/**
	 * What a run reads.
	 *
	 * @param window the limits; null: everything
	 * @param cursor what the next run goes on from; null: what this one went on from
	 * @param description the limits in words, for the log
	 * @param warnings what an operator should know
	 */
	record Reading(@Nullable Window window, @Nullable String cursor, String description, List<String> warnings) {

	}

}
