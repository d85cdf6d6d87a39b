package io.deltasync.mapping;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import io.deltasync.api.PropertyPath;
import org.jspecify.annotations.Nullable;

/**
 * The properties that a mapping gives the target. Finds those that get in each other's
 * way.
 */
final class TargetNames {

	private final BiConsumer<String, String> problems;

	/** From the way to a property to its name. */
	private final Map<List<Object>, String> claimed = new LinkedHashMap<>();

	/** From the way to a map or list to what was put there last: a name or an index. */
	private final Map<List<Object>, Object> containers = new HashMap<>();

	TargetNames(BiConsumer<String, String> problems) {
		this.problems = problems;
	}

	/**
	 * Takes a name as it is configured.
	 * @param key where it is configured
	 * @param text the name or path
	 * @return the name; null when something is wrong with it, which has been noted then
	 */
	@Nullable TargetName claim(String key, String text) {
		try {
			TargetName target = TargetName.of(text);
			return claim(key, target) ? target : null;
		}
		catch (IllegalArgumentException ex) {
			this.problems.accept(key,
					"gives the target the property '%s'. %s. A name that is no path is written as \"[%s]\""
						.formatted(text, ex.getMessage(), text));
			return null;
		}
	}

	/**
	 * Takes a name.
	 * @return false when something is wrong with it, which has been noted then
	 */
	boolean claim(String key, TargetName target) {
		String problem = problem(target);
		if (problem != null) {
			this.problems.accept(key, problem);
		}
		return problem == null;
	}

	/** The names that are taken. */
	Collection<String> all() {
		return this.claimed.values();
	}

	/** Whether a way leads into a property that is taken. */
	boolean hasAround(List<Object> way) {
		return prefixes(way).stream().anyMatch(this.claimed::containsKey);
	}

	private static List<Object> way(TargetName target) {
		PropertyPath path = target.path();
		return (path != null) ? path.steps() : List.of(target.text());
	}

	private @Nullable String problem(TargetName target) {
		if (target.text().isBlank()) {
			return "holds a name that is empty";
		}
		List<Object> way = way(target);
		if (this.claimed.containsKey(way)) {
			return "gives the target the property '%s' a second time".formatted(target.text());
		}
		if (this.containers.containsKey(way)) {
			return "gives the target the property '%s' as a whole, but also parts of it".formatted(target.text());
		}
		for (List<Object> prefix : prefixes(way)) {
			if (this.claimed.containsKey(prefix)) {
				return "gives the target the property '%s' as a whole, but also its part '%s'"
					.formatted(this.claimed.get(prefix), target.text());
			}
			String problem = problem(target, prefix, way.get(prefix.size()));
			if (problem != null) {
				return problem;
			}
		}
		this.claimed.put(way, target.text());
		prefixes(way).forEach((prefix) -> this.containers.put(prefix, way.get(prefix.size())));
		return null;
	}

	/** Lists are filled from their beginning. */
	private @Nullable String problem(TargetName target, List<Object> container, Object step) {
		Object last = this.containers.get(container);
		if (last != null && (last instanceof Integer) != (step instanceof Integer)) {
			return "takes what is around '%s' for a list, but also for a group of names".formatted(target.text());
		}
		int size = (last instanceof Integer index) ? index + 1 : 0;
		if (step instanceof Integer index && index != size && index != size - 1) {
			return "gives the target '%s', but %s; name the elements of a list from 0 on, in order"
				.formatted(target.text(), (size == 0) ? "none before it" : "the one before it is " + (size - 1));
		}
		return null;
	}

	private static List<List<Object>> prefixes(List<Object> way) {
		List<List<Object>> prefixes = new ArrayList<>();
		for (int i = 1; i < way.size(); i++) {
			prefixes.add(way.subList(0, i));
		}
		return prefixes;
	}

}
