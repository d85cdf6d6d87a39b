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
 * The properties that a mapping delivers to the target. Detects conflicting names.
 */
final class TargetNames {

	private final BiConsumer<String, String> problems;

	/** The names of properties by their steps. */
	private final Map<List<Object>, String> claimed = new LinkedHashMap<>();

	/** The last name or index added to each map or list, by its steps. */
	private final Map<List<Object>, Object> containers = new HashMap<>();

	TargetNames(BiConsumer<String, String> problems) {
		this.problems = problems;
	}

	/**
	 * Claims a configured name.
	 * @param key the key where it is configured
	 * @param text the name or path
	 * @return the name; null if it is invalid, which is reported
	 */
	@Nullable TargetName claim(String key, String text) {
		try {
			TargetName target = TargetName.of(text);
			return claim(key, target) ? target : null;
		}
		catch (IllegalArgumentException ex) {
			this.problems.accept(key,
					"gives the target the property '%s'. %s. Write a name that is not a path as \"[%s]\""
						.formatted(text, ex.getMessage(), text));
			return null;
		}
	}

	/**
	 * Claims a name.
	 * @return false if it is invalid, which is reported
	 */
	boolean claim(String key, TargetName target) {
		String problem = problem(target);
		if (problem != null) {
			this.problems.accept(key, problem);
		}
		return problem == null;
	}

	/** Returns the claimed names. */
	Collection<String> all() {
		return this.claimed.values();
	}

	/** Whether a path leads into a claimed property. */
	boolean hasAround(List<Object> steps) {
		return prefixes(steps).stream().anyMatch(this.claimed::containsKey);
	}

	private static List<Object> steps(TargetName target) {
		PropertyPath path = target.path();
		return (path != null) ? path.steps() : List.of(target.text());
	}

	private @Nullable String problem(TargetName target) {
		if (target.text().isBlank()) {
			return "contains an empty name";
		}
		List<Object> steps = steps(target);
		if (this.claimed.containsKey(steps)) {
			return "gives the target the property '%s' a second time".formatted(target.text());
		}
		if (this.containers.containsKey(steps)) {
			return "gives the target the property '%s' as a whole, but also parts of it".formatted(target.text());
		}
		for (List<Object> prefix : prefixes(steps)) {
			if (this.claimed.containsKey(prefix)) {
				return "gives the target the property '%s' as a whole, but also its part '%s'"
					.formatted(this.claimed.get(prefix), target.text());
			}
			String problem = problem(target, prefix, steps.get(prefix.size()));
			if (problem != null) {
				return problem;
			}
		}
		this.claimed.put(steps, target.text());
		prefixes(steps).forEach((prefix) -> this.containers.put(prefix, steps.get(prefix.size())));
		return null;
	}

	/** Checks that a list is filled in order from the first element. */
	private @Nullable String problem(TargetName target, List<Object> container, Object step) {
		Object last = this.containers.get(container);
		if (last != null && (last instanceof Integer) != (step instanceof Integer)) {
			return "uses the value around '%s' both as a list and as a group of names".formatted(target.text());
		}
		int size = (last instanceof Integer index) ? index + 1 : 0;
		if (step instanceof Integer index && index != size && index != size - 1) {
			return "gives the target '%s', but %s; name the elements of a list from 0 on, in order"
				.formatted(target.text(), (size == 0) ? "none before it" : "the one before it is " + (size - 1));
		}
		return null;
	}

	private static List<List<Object>> prefixes(List<Object> steps) {
		List<List<Object>> prefixes = new ArrayList<>();
		for (int i = 1; i < steps.size(); i++) {
			prefixes.add(steps.subList(0, i));
		}
		return prefixes;
	}

}
