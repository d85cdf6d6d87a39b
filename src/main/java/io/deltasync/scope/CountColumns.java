package io.deltasync.scope;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** The columns in which all tables hold {@link RecordCounts}. */
final class CountColumns {

	private static final List<String> NAMES = List.of("FETCHED", "WRITTEN", "CREATED", "FAILED", "WARNED", "IGNORED",
			"DROPPED", "ACKNOWLEDGED");

	/** The names, separated by commas. */
	static final String LIST = each("%s");

	private CountColumns() {
	}

	/**
	 * Repeats a part of a statement for each column.
	 * @param part the part, with {@code %1$s} for the column's name
	 * @return the parts, separated by commas
	 */
	static String each(String part) {
		return NAMES.stream().map(part::formatted).collect(Collectors.joining(", "));
	}

	/** Returns the values in the order of the columns. */
	static List<Object> values(RecordCounts counts) {
		return List.of(counts.fetched(), counts.written(), counts.created(), counts.failed(), counts.warned(),
				counts.ignored(), counts.dropped(), counts.acknowledged());
	}

	static RecordCounts read(ResultSet row) throws SQLException {
		return new RecordCounts(row.getLong("FETCHED"), row.getLong("WRITTEN"), row.getLong("CREATED"),
				row.getLong("FAILED"), row.getLong("WARNED"), row.getLong("IGNORED"), row.getLong("DROPPED"),
				row.getLong("ACKNOWLEDGED"));
	}

}
