package io.deltasync.link;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.deltasync.config.NearestName;
import io.deltasync.config.Section;
import org.jspecify.annotations.Nullable;

/**
 * Checks which Links run after which.
 */
final class RunAfterCheck {

	private final Map<String, Section> sections;

	/**
	 * Looks at Links.
	 * @param sections the sections of all Links that are configured
	 */
	RunAfterCheck(Map<String, Section> sections) {
		this.sections = sections;
	}

	/**
	 * Notes if a Link runs after one that is not configured, or after itself. Reads no
	 * more than {@code run-after} of other Links.
	 * @param name the Link's name
	 * @param section its section
	 */
	void check(String name, Section section) {
		String first = runAfter(name);
		if (first != null && !this.sections.containsKey(first)) {
			section.problem("run-after", "names the Link '%s', which there is not%s".formatted(first,
					NearestName.hint(first, others(name))));
		}
		else if (isInCircle(name)) {
			section.problem("run-after",
					"'%s' closes a circle, in which each Link waits for the others; take one out of it"
						.formatted(first));
		}
	}

	/** A Link cannot run after itself. */
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
