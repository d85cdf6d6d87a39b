package io.deltasync.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.deltasync.config.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * The options of one end of a Link that identify its data. Immutable.
 *
 * @param key the columns of the key, as configured; empty for the adapter's default
 * @param deltaColumn the delta column; empty if none is configured
 * @param place all other options that are neither secret nor tuning
 */
record EndOptions(String key, String deltaColumn, Map<String, String> place) {

	private static final String KEY = "key";

	private static final String DELTA_COLUMN = "deltacolumn";

	/** The option that names a connection. */
	static final String CONNECTION = "connection";

	/**
	 * The options that affect how fast or how persistently data is moved, but not which
	 * data.
	 */
	private static final Pattern TUNING = Pattern
		.compile("(?:.*\\.)?(?:bulk|parallel.*|lanes|threads|overlap.*|wait.*|.*(?:size|timeout|retry|retries|attempts|"
				+ "backoff|delay|interval|concurrency|buffer|pool|compression))");

	/**
	 * Selects the options that identify the data.
	 * @param values all options without secrets, by their uniform names
	 * @param resource the option that names what the adapter reads or writes; null if it
	 * has none
	 * @param locations returns the location of a connection; null for an unknown one
	 */
	static EndOptions of(Map<String, String> values, @Nullable String resource,
			Function<String, @Nullable String> locations) {
		Map<String, String> place = new TreeMap<>(values);
		place.remove("adapter");
		if (resource != null) {
			place.remove(uniform(resource));
		}
		String deltaColumn = place.remove(DELTA_COLUMN);
		List<String> key = new ArrayList<>();
		for (int i = 0; place.containsKey(KEY + "." + i); i++) {
			key.add(place.remove(KEY + "." + i));
		}
		if (place.containsKey(KEY)) {
			key.addAll(List.of(place.remove(KEY).split(",")));
		}
		place.keySet().removeIf((name) -> TUNING.matcher(name).matches());
		place.computeIfPresent(CONNECTION, (name, connection) -> {
			String location = locations.apply(connection);
			return (location != null) ? location : connection;
		});
		place.replaceAll((name, value) -> Secrets.withoutCredentials(value));
		return new EndOptions(String.join(", ", key.stream().map(EndOptions::folded).toList()),
				(deltaColumn != null) ? folded(deltaColumn) : "", Map.copyOf(place));
	}

	private static String uniform(String option) {
		return option.replace("-", "").toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns a column name in lower case, since columns are matched regardless of case.
	 */
	private static String folded(String column) {
		return column.strip().toLowerCase(Locale.ROOT);
	}

	/** Returns the identity of an end whose adapter does not declare one. */
	String describe(Endpoint end) {
		StringBuilder text = new StringBuilder(end.adapterBean()).append(' ').append(end.table());
		new TreeMap<>(this.place).forEach((name, value) -> text.append(", ").append(name).append('=').append(value));
		return text.toString();
	}

}
