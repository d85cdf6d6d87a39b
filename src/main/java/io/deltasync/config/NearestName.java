package io.deltasync.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the known names that are most similar to an unknown one.
 */
public final class NearestName {

	/** The maximum number of names in a message. */
	public static final int MOST_SHOWN = 5;

	private NearestName() {
	}

	/**
	 * Returns a hint for a message.
	 * @param name the unknown name
	 * @param known the known names
	 * @return {@code " (did you mean 'x'?)"}, or an empty text if no name is similar
	 */
	public static String hint(String name, Collection<String> known) {
		return of(name, known).map(" (did you mean '%s'?)"::formatted).orElse("");
	}

	private static Optional<String> of(String name, Collection<String> known) {
		int maxDistance = (name.length() < 4) ? 1 : Math.max(2, name.length() / 3);
		return known.stream()
			.filter((candidate) -> distance(name, candidate) <= maxDistance)
			.min(Comparator.comparingInt((candidate) -> distance(name, candidate)));
	}

	/**
	 * Sorts names by their similarity to another.
	 * @param name the unknown name
	 * @param known the known names
	 * @return all known names, the most similar first
	 */
	public static List<String> sorted(String name, Collection<String> known) {
		return known.stream()
			.map((candidate) -> Map.entry(distance(name, candidate), candidate))
			.sorted(Map.Entry.comparingByKey())
			.map(Map.Entry::getValue)
			.toList();
	}

	private static int distance(String left, String right) {
		String from = left.toLowerCase(Locale.ROOT);
		String to = right.toLowerCase(Locale.ROOT);
		int[] previous = new int[to.length() + 1];
		for (int i = 0; i <= to.length(); i++) {
			previous[i] = i;
		}
		for (int i = 1; i <= from.length(); i++) {
			int[] current = new int[to.length() + 1];
			current[0] = i;
			for (int j = 1; j <= to.length(); j++) {
				int replaced = previous[j - 1] + ((from.charAt(i - 1) == to.charAt(j - 1)) ? 0 : 1);
				current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
			}
			previous = current;
		}
		return previous[to.length()];
	}

}
