package io.deltasync.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.env.Environment;

/**
 * Reads the configuration section by section and collects all problems.
 */
public final class ConfigurationReader {

	private final ConfigurationTree tree;

	private final Binder binder;

	private final Environment environment;

	private final Set<ConfigurationProblem> problems;

	/**
	 * Creates a reader of the whole configuration. Values are read from the environment
	 * when they are asked for.
	 * @param environment the environment
	 */
	public ConfigurationReader(Environment environment) {
		this(environment, new ConfigurationTree(environment), new LinkedHashSet<>());
	}

	private ConfigurationReader(Environment environment, ConfigurationTree tree, Set<ConfigurationProblem> problems) {
		this.environment = environment;
		this.tree = tree;
		this.problems = problems;
		// Boot's own resolver leaves ${…} unchanged if it has no value: a password would
		// then be wrong rather than missing
		PlaceholdersResolver strict = (value) -> (value instanceof String text)
				? environment.resolveRequiredPlaceholders(text) : value;
		this.binder = new Binder(this.tree.sources(), strict, (List<ConversionService>) null, null, null,
				new CanonicalConstructors());
	}

	/**
	 * Creates a separate section for each child of a name. Each has its own reader, which
	 * collects the problems of this child only.
	 * @param root the name
	 * @param links whether the children are Links
	 * @return the sections by the children's own names
	 */
	public Map<String, Section> sections(ConfigurationPropertyName root, boolean links) {
		Map<ConfigurationPropertyName, ConfigurationTree> parts = this.tree.parts(root);
		Map<String, Section> sections = new LinkedHashMap<>();
		this.tree.children(root).forEach((name, path) -> {
			ConfigurationTree part = Objects.requireNonNull(parts.get(path));
			sections.put(name, new ConfigurationReader(this.environment, part, new LinkedHashSet<>()).section(path,
					links ? name : null));
		});
		return sections;
	}

	/** Returns a reader of only the first source that has keys below a name. */
	ConfigurationReader ofFirstSource(ConfigurationPropertyName name) {
		return new ConfigurationReader(this.environment, this.tree.ofFirstSource(name), this.problems);
	}

	/**
	 * Returns the names and values without conversion.
	 * @return the tree
	 */
	public ConfigurationTree tree() {
		return this.tree;
	}

	/**
	 * Returns the binder. A placeholder without a value fails the binding of its
	 * property.
	 * @return the binder
	 */
	public Binder binder() {
		return this.binder;
	}

	/** Resolves the placeholders that have values, and leaves the others unchanged. */
	String resolve(String text) {
		return this.environment.resolvePlaceholders(text);
	}

	/** Returns everything configured below a name, without secrets, sorted by name. */
	Map<String, String> values(ConfigurationPropertyName root) {
		return new ConfiguredValues(this.environment, this.tree).below(root);
	}

	/** Removes the values of secrets below a name from a text. */
	String hideSecrets(String text, ConfigurationPropertyName root) {
		return new ConfiguredValues(this.environment, this.tree).hideSecrets(text, root);
	}

	/**
	 * Returns a section that does not belong to a Link.
	 * @param name the full name of the section
	 * @return the section; empty if nothing is configured below the name
	 * @throws RuntimeException if the name is malformed
	 */
	public Section section(String name) {
		return section(ConfigurationPropertyName.of(name), null);
	}

	Section section(ConfigurationPropertyName name, @Nullable String link) {
		return new Section(this, name, link);
	}

	void note(ConfigurationPropertyName name, @Nullable String link, String message) {
		note(new ConfigurationProblem(name.toString(), link, message, this.tree.origin(name)));
	}

	/**
	 * Adds a problem. One that was already added is ignored.
	 * @param problem the problem
	 */
	public void note(ConfigurationProblem problem) {
		this.problems.add(problem);
	}

	/**
	 * Returns the problems found until now.
	 * @return a live, modifiable set in the order of discovery; empty if there are none
	 */
	public Set<ConfigurationProblem> problems() {
		return this.problems;
	}

	/**
	 * Ends the reading.
	 * @throws ConfigurationException if there are problems; it contains all of them
	 */
	public void throwIfProblems() {
		if (!this.problems.isEmpty()) {
			throw new ConfigurationException(this.problems);
		}
	}

}
