package io.deltasync.link;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Checks a mapping's settings and makes a {@link Mapping} of them.
 */
final class MappingCompiler {

	private static final String SELECT = "select";

	private static final String RENAME = "rename";

	private static final String CONSTANTS = "constants";

	private final MappingSettings settings;

	private final BiConsumer<String, String> problems;

	private final Set<String> targets = new HashSet<>();

	private MappingCompiler(MappingSettings settings, BiConsumer<String, String> problems) {
		this.settings = settings;
		this.problems = problems;
	}

	/**
	 * Makes a mapping.
	 * @param link the Link's name
	 * @param settings what is configured, or null for nothing
	 * @param problems is told the key and what is wrong with it
	 * @return the mapping; not to be used when there were problems
	 */
	static Mapping compile(String link, @Nullable MappingSettings settings, BiConsumer<String, String> problems) {
		if (settings == null) {
			return new Mapping(link, Map.of(), false, Map.of());
		}
		MappingCompiler compiler = new MappingCompiler(settings, problems);
		Map<String, String> names = (settings.select() != null) ? compiler.selected(settings.select())
				: compiler.renamed();
		compiler.checkConstants();
		return new Mapping(link, names, settings.select() != null, settings.constant());
	}

	private Map<String, String> selected(List<String> select) {
		if (select.isEmpty()) {
			this.problems.accept(SELECT, "is empty; leave it out to take all properties");
		}
		Map<String, String> renamed = this.settings.renamed();
		renamed.keySet()
			.stream()
			.filter((source) -> !select.contains(source))
			.forEach((source) -> this.problems.accept(RENAME, "renames '%s', which %s does not list; add it there%s"
				.formatted(source, SELECT, NearestName.hint(source, select))));
		Map<String, String> names = new LinkedHashMap<>();
		for (String source : select) {
			checkNotBlank(SELECT, source);
			if (names.containsKey(source)) {
				this.problems.accept(SELECT, "lists '%s' twice".formatted(source));
				continue;
			}
			String target = renamed.getOrDefault(source, source);
			names.put(source, target);
			claim(renamed.containsKey(source) ? RENAME : SELECT, target);
		}
		return names;
	}

	private Map<String, String> renamed() {
		this.settings.renamed().forEach((source, target) -> {
			checkNotBlank(RENAME, source);
			claim(RENAME, target);
		});
		return this.settings.renamed();
	}

	private void checkConstants() {
		this.settings.constant().forEach((target, value) -> {
			claim(CONSTANTS, target);
			if (value instanceof Map<?, ?> || value instanceof Collection<?>) {
				this.problems.accept(CONSTANTS,
						"gives '%s' a list or a group of keys; give a single value. A name with a dot in it is written as \"[%s.…]\""
							.formatted(target, target));
			}
		});
	}

	private void claim(String key, String target) {
		checkNotBlank(key, target);
		if (!target.isBlank() && !this.targets.add(target)) {
			this.problems.accept(key, "gives the target the property '%s' a second time".formatted(target));
		}
	}

	private void checkNotBlank(String key, String name) {
		if (name.isBlank()) {
			this.problems.accept(key, "holds a name that is empty");
		}
	}

}
