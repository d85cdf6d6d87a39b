package io.deltasync.jdbc.dialect;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Suggests names that resemble an unknown name.
 */
final class SimilarNames {

	private static final int SHOWN = 5;

	private SimilarNames() {
	}

	static String describe(String wanted, List<String> names) {
		if (names.isEmpty()) {
			return "it has no tables at all";
		}
		String closest = names.stream()
			.sorted(Comparator.comparingInt((String name) -> distance(wanted, name)).thenComparing(name -> name))
			.limit(SHOWN)
			.collect(Collectors.joining(", "));
		return (names.size() <= SHOWN) ? "there are: " + closest
				: "the closest of its %d tables are: %s".formatted(names.size(), closest);
	}

	/** Returns the Levenshtein distance, ignoring case. */
	static int distance(String one, String other) {
		String a = one.toLowerCase(Locale.ROOT);
		String b = other.toLowerCase(Locale.ROOT);
		int[] row = new int[b.length() + 1];
		for (int j = 0; j <= b.length(); j++) {
			row[j] = j;
		}
		for (int i = 1; i <= a.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j <= b.length(); j++) {
				int change = diagonal + ((a.charAt(i - 1) == b.charAt(j - 1)) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
			}
		}
		return row[b.length()];
	}

}
