package io.deltasync.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Divides values among several statements, because databases limit the number of
 * parameters of a statement.
 */
public final class Parts {

	/** How many values a statement takes at most, where nothing suggests fewer. */
	public static final int SIZE = 500;

	private Parts() {
	}

	/**
	 * Divides values and keeps their order.
	 * @param values the values; may be empty
	 * @param <T> their type
	 * @return the parts, each of {@value #SIZE} values or fewer; empty without values
	 */
	public static <T> List<List<T>> of(Collection<? extends T> values) {
		return of(values, SIZE);
	}

	static <T> List<List<T>> of(Collection<? extends T> values, int size) {
		List<T> all = List.copyOf(values);
		List<List<T>> parts = new ArrayList<>();
		for (int from = 0; from < all.size(); from += size) {
			parts.add(all.subList(from, Math.min(from + size, all.size())));
		}
		return parts;
	}

}
