package io.deltasync.link;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.deltasync.config.NearestName;
import io.deltasync.config.Section;
import org.jspecify.annotations.Nullable;

/**
 * Checks the order of Links that run after others.
 */
final class RunAfterCheck {

	private final Map<String, Section> sections;

	/**
	 * Creates a check.
	 * @param sections the sections of all configured Links
	 */
	RunAfterCheck(Map<String, Section> sections) {
		this.sections = sections;
	}

	/**
	 * Reports a Link that runs after an unknown Link, or directly or indirectly after
	 * itself. Reads only {@code run-after} of other Links.
	 * @param name the Link's name
	 * @param section its section
	 */
	void check(String name, Section section) {
		String first = runAfter(name);
		if (first != null && !this.sections.containsKey(first)) {
			section.problem("run-after", "names the Link '%s', which does not exist%s".formatted(first,
					NearestName.hint(first, others(name))));
		}
		else if (isInCircle(name)) {
			section.problem("run-after",
					"'%s' closes a cycle, in which each Link waits for the others; remove one Link from it"
						.formatted(first));
		}
	}

	/** Returns the names of the other Links. */
	private Set<String> others(String name) {
		Set<String> others = new TreeSet<>(this.sections.keySet());
		others.remove(name);
		return others;
	}

	private boolean isInCircle(String name) {
		Set<String> before = new HashSet<>();
		String first = runAfter(name);
		while (first != null && before.add(first)) {
			first = runAfter(first);
		}
		return before.contains(name);
	}

	private @Nullable String runAfter(String name) {
		Section section = this.sections.get(name);
		if (section == null) {
			return null;
		}
		String first = section.peek("run-after");
		return (first != null && !first.isBlank()) ? first : section.peek("run-after.link");
	}

}
