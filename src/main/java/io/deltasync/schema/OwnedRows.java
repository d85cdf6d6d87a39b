package io.deltasync.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Builds conditions on rows of an owner such as a Link that are identified by an id, for
 * tables with an index on the owner and the id. Thread-safe.
 */
public final class OwnedRows {

	/**
	 * How many ids a statement names on H2. H2 finds each row by the index and then
	 * compares it with every id in the list, so its lists are short; there are no round
	 * trips to save.
	 */
	private static final int H2_SIZE = 25;

	private static final int SIZE = 500;

	private final boolean h2;

	/**
	 * Creates the builder for a database.
	 * @param jdbc runs statements in the database, whose product name is read here
	 */
	public OwnedRows(JdbcTemplate jdbc) {
		this.h2 = "H2".equals(jdbc
			.execute((ConnectionCallback<String>) (connection) -> connection.getMetaData().getDatabaseProductName()));
	}

	/**
	 * Whether the database is H2.
	 * @return false for MySQL and MariaDB
	 */
	public boolean isH2() {
		return this.h2;
	}

	/**
	 * Divides ids into lists that are short enough for a statement, in ascending order:
	 * lanes that lock rows in the same order do not deadlock.
	 * @param owner the name of the owner's column
	 * @param value the owner
	 * @param column the name of the id's column
	 * @param ids the ids; duplicates count once
	 * @return the lists; empty without ids
	 */
	public List<Part> of(String owner, Object value, String column, Collection<String> ids) {
		List<String> ordered = List.copyOf(new TreeSet<>(ids));
		List<Part> parts = new ArrayList<>();
		int size = this.h2 ? H2_SIZE : SIZE;
		for (int from = 0; from < ordered.size(); from += size) {
			parts.add(part(owner, value, column, ordered.subList(from, Math.min(from + size, ordered.size()))));
		}
		return parts;
	}

	/**
	 * Builds pairs for H2, which uses an index on two columns for pairs of values, but
	 * reads all rows of the owner for a list of ids. With MariaDB, it is the reverse.
	 */
	private Part part(String owner, Object value, String column, List<String> ids) {
		List<Object> values = new ArrayList<>();
		if (!this.h2) {
			values.add(value);
			values.addAll(ids);
			return new Part("%s = ? AND %s IN (%s)".formatted(owner, column, marks("?", ids.size())), values);
		}
		for (String id : ids) {
			values.add(value);
			values.add(id);
		}
		return new Part("(%s, %s) IN (%s)".formatted(owner, column, marks("(?, ?)", ids.size())), values);
	}

	private static String marks(String mark, int count) {
		return String.join(", ", Collections.nCopies(count, mark));
	}

	/**
	 * A condition on some of the rows.
	 *
	 * @param condition the condition, which must be the last one of a statement
	 * @param values the values of its parameters
	 */
	public record Part(String condition, List<Object> values) {

		/**
		 * Returns the values of a statement's parameters.
		 * @param before the values before the condition
		 * @return these values, followed by those of the condition
		 */
		public Object[] arguments(Object... before) {
			List<Object> arguments = new ArrayList<>(Arrays.asList(before));
			arguments.addAll(this.values);
			return arguments.toArray();
		}

	}

}
