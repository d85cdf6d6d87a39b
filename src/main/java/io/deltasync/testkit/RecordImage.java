package io.deltasync.testkit;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a record in a comparable form. Arrays are compared by their elements,
 * and values without their own {@code equals}, such as streams, by their class.
 */
record RecordImage(Operation operation, @Nullable Object original, @Nullable Object working, List<String> errors,
		@Nullable String ignoreReason) {

	/** The maximum length of a record's text in messages, in characters. */
	private static final int EXCERPT = 200;

	private static RecordImage of(RecordInFlight record) {
		return new RecordImage(record.operation(), image(record.originalProperties()), image(record.properties()),
				record.errors(), record.ignoreReason());
	}

	/**
	 * Compares records, regardless of their order.
	 * @param before some records
	 * @param now other records
	 * @return a description of the difference, or null if there is none
	 */
	static @Nullable String difference(List<RecordInFlight> before, List<RecordInFlight> now) {
		Map<RecordImage, Integer> surplus = new LinkedHashMap<>();
		before.forEach((record) -> surplus.merge(of(record), 1, Integer::sum));
		now.forEach((record) -> surplus.merge(of(record), -1, Integer::sum));
		surplus.values().removeIf((count) -> count == 0);
		if (surplus.isEmpty()) {
			return null;
		}
		Map.Entry<RecordImage, Integer> example = surplus.entrySet().iterator().next();
		return "the number of records was %,d and now is %,d; the record %s %s".formatted(before.size(), now.size(),
				example.getKey().excerpt(),
				(example.getValue() > 0) ? "was there before, and now is not" : "was not there before, and now is");
	}

	private String excerpt() {
		return cut(this.original);
	}

	static String excerpt(RecordInFlight record) {
		return cut(record.originalProperties());
	}

	/** Returns the beginning of a value's text, for messages. */
	static String cut(@Nullable Object value) {
		String text = String.valueOf(value);
		return (text.length() > EXCERPT) ? text.substring(0, EXCERPT) + "…" : text;
	}

	/** Returns a copy of a value, in which maps and lists are copied, too. */
	static @Nullable Object image(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			Map<@Nullable Object, @Nullable Object> images = new HashMap<>();
			map.forEach((key, held) -> images.put(image(key), image(held)));
			return images;
		}
		if (value instanceof List<?> list) {
			return images(list);
		}
		if (value instanceof Set<?> set) {
			return new HashSet<>(images(set));
		}
		if (value != null && value.getClass().isArray()) {
			List<@Nullable Object> elements = new ArrayList<>();
			for (int i = 0; i < Array.getLength(value); i++) {
				elements.add(Array.get(value, i));
			}
			return images(elements);
		}
		return (value == null || definesEquals(value.getClass())) ? value : value.getClass();
	}

	private static List<@Nullable Object> images(Collection<? extends @Nullable Object> values) {
		List<@Nullable Object> images = new ArrayList<>(values.size());
		values.forEach((value) -> images.add(image(value)));
		return images;
	}

	private static boolean definesEquals(Class<?> type) {
		try {
			return type.getMethod("equals", Object.class).getDeclaringClass() != Object.class;
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
