package io.deltasync.schema;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

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

	private final Product product;

	/**
	 * Creates the builder for a database.
	 * @param product the product of the database
	 */
	public OwnedRows(Product product) {
		this.product = product;
	}

	/**
	 * Divides ids into lists that are short enough for a statement, in ascending order:
	 * lanes that lock rows in the same order do not deadlock.
	 * @param owner the name of the owner's column
	 * @param value the owner
	 * @param column the name of the id's column
	 * @param ids the ids; duplicates count once
	 * @param <T> the type of the ids
	 * @return a condition for each list; empty without ids
	 */
	public <T extends Comparable<T>> List<Part> of(String owner, Object value, String column, Collection<T> ids) {
		int size = (this.product == Product.H2) ? H2_SIZE : Parts.SIZE;
		return Parts.<T>of(new TreeSet<>(ids), size).stream().map((part) -> part(owner, value, column, part)).toList();
	}

	/**
	 * Builds pairs for H2, which uses an index on two columns for pairs of values, but
	 * reads all rows of the owner for a list of ids. With MariaDB, it is the reverse.
	 */
	private Part part(String owner, Object value, String column, List<?> ids) {
		return (this.product == Product.H2)
				? new Part("(%s, %s) IN (:ownedRows)".formatted(owner, column),
						Map.of("ownedRows", ids.stream().map((id) -> new Object[] { value, id }).toList()))
				: new Part("%s = :owner AND %s IN (:ownedIds)".formatted(owner, column),
						Map.of("owner", value, "ownedIds", ids));
	}

	/**
	 * A condition on some of the rows.
	 *
	 * @param condition the condition, with named parameters
	 * @param parameters the values of these parameters
	 */
	public record Part(String condition, Map<String, Object> parameters) {

	}

}
