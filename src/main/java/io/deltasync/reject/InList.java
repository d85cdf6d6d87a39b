package io.deltasync.reject;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * A part of many values that is short enough for an IN list: databases limit the number
 * of parameters of a statement.
 */
final class InList {

	private static final int SIZE = 1000;

	private final List<?> values;

	private InList(List<?> values) {
		this.values = values;
	}

	/**
	 * Divides values into parts and keeps their order. Returns no part if there are no
	 * values.
	 */
	static List<InList> parts(Collection<?> values) {
		List<?> all = List.copyOf(values);
		List<InList> parts = new ArrayList<>();
		for (int from = 0; from < all.size(); from += SIZE) {
			parts.add(new InList(all.subList(from, Math.min(from + SIZE, all.size()))));
		}
		return parts;
	}

	/** Returns the placeholders, without parentheses. */
	String places() {
		return String.join(", ", Collections.nCopies(this.values.size(), "?"));
	}

	/** Returns the values of a statement that ends with the list. */
	Object[] after(Object... before) {
		List<Object> arguments = new ArrayList<>(Arrays.asList(before));
		arguments.addAll(this.values);
		return arguments.toArray();
	}

}
