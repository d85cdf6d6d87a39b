package io.deltasync.config;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * A part of the configuration: everything below one name. Its methods bind values and
 * report problems to the reader instead of throwing. Call {@link #finish()} at the end.
 * Not thread-safe.
 */
public final class Section {

	/** The root of all configuration properties. */
	public static final String ROOT = "deltasync";

	private final ConfigurationReader reader;

	private final ConfigurationPropertyName root;

	private final @Nullable String link;

	private final BindTrace trace = new BindTrace();

	private final Set<ConfigurationPropertyName> parts = new HashSet<>();

	private boolean complete = true;

	Section(ConfigurationReader reader, ConfigurationPropertyName root, @Nullable String link) {
		this.reader = reader;
		this.root = root;
		this.link = link;
	}

	/**
	 * Returns the section below a key. The caller is responsible for checking its keys.
	 * @param key a key in its dashed form
	 * @return the section below the key
	 */
	public Section part(String key) {
		ConfigurationPropertyName name = this.root.append(key);
		this.trace.asked().add(name);
		this.parts.add(name);
		return new Section(this.reader, name, this.link);
	}

	/**
	 * Returns a section for each element of a list. The caller is responsible for
	 * checking their keys. As everywhere in Spring Boot, the whole list comes from one
	 * source.
	 * @param key the list's key in its dashed form
	 * @return the elements in order; empty if there are none, or if the value is not a
	 * list, which is reported
	 */
	public List<Section> elements(String key) {
		ConfigurationPropertyName list = this.root.append(key);
		this.trace.asked().add(list);
		this.parts.add(list);
		ConfigurationReader source = this.reader.ofFirstSource(list);
		Collection<ConfigurationPropertyName> elements = source.tree().children(list).values();
		Object single = value(list);
		if ((single != null && !single.toString().isBlank())
				|| !elements.stream().allMatch(ConfigurationPropertyName::isLastElementIndexed)) {
			problem(key, "takes a list; begin each of its elements with a dash");
			return List.of();
		}
		return elements.stream().map((name) -> new Section(source, name, this.link)).toList();
	}

	/**
	 * Returns the children of this section.
	 * @return the full names by the children's own names, in order; empty if the section
	 * is empty or missing
	 */
	public Map<String, ConfigurationPropertyName> children() {
		return this.reader.tree().children(this.root);
	}

	/**
	 * Returns all values below this section except secrets, whichever file or variable
	 * they come from.
	 * @return the values by dotted key below this section, sorted by key
	 */
	public Map<String, String> values() {
		return this.reader.values(this.root);
	}

	/**
	 * Returns a required text.
	 * @param key a key in its dashed form
	 * @param remedy what to configure, for the message if the text is missing
	 * @return the text; null if it is missing, which is reported
	 */
	public @Nullable String text(String key, String remedy) {
		ConfigurationPropertyName name = this.root.append(key);
		String value = this.reader.binder().bind(name, Bindable.of(String.class), this.trace).orElse(null);
		if (value != null && !value.isBlank()) {
			return value;
		}
		this.complete = false;
		if (!this.trace.hasFailed(name) && !hasKeysBelow(name)) {
			problem(key, "is missing; " + remedy);
		}
		return null;
	}

	/**
	 * Binds the whole section. Values that cannot be bound are left out; check
	 * {@link #isComplete()} before relying on the result.
	 * @param <T> the type
	 * @param type a record, whose components are required unless they are nullable or
	 * primitive or have a default value, or a class with setters
	 * @return the bound object; null if it could not be created
	 */
	public <T> @Nullable T bind(Class<T> type) {
		Bindable<T> target = Bindable.of(type).withBindRestrictions(Bindable.BindRestriction.NO_DIRECT_PROPERTY);
		@Nullable T bound = this.reader.binder().bindOrCreate(this.root, target, this.trace);
		for (ConfigurationPropertyName name : RequiredComponents.missing(this.root, type, this.trace)) {
			this.complete = false;
			if (!hasKeysBelow(name)) {
				report(name, "is missing");
			}
		}
		return bound;
	}

	/**
	 * Returns a map below this section, whose keys and values can be restored once it is
	 * bound.
	 * @param key the map's key in its dashed form, below this section
	 * @return the map
	 */
	public ConfiguredMap map(String key) {
		return new ConfiguredMap(this.reader.tree(), this.root.append(key), this.trace.asked(),
				(message) -> problem(key, message));
	}

	/**
	 * Checks that YAML did not change texts without quotes, and reports those that it
	 * changed. The texts may be secret, so no message shows them.
	 * @param keys keys in their dashed form
	 * @return whether all texts are as written
	 */
	public boolean areAsWritten(String... keys) {
		boolean all = true;
		for (String key : keys) {
			ConfigurationProperty property = this.reader.tree().property(this.root.append(key));
			if (property != null && WrittenValue.isChanged(property)) {
				problem(key,
						"is not in quotes, and YAML reads a different value from the one written; put it in quotes");
				all = false;
			}
		}
		return all;
	}

	/**
	 * Whether all values read until now were present and valid.
	 * @return false if a value is missing or invalid
	 */
	public boolean isComplete() {
		return this.complete && this.trace.failures().isEmpty();
	}

	/**
	 * Reports values that could not be bound, and all unknown keys.
	 */
	public void finish() {
		if (children().isEmpty()) {
			reportAbsence(null);
		}
		reportFailures();
		new UnknownKeys(this.root, this.trace, this.parts).of(this.reader.tree().written(this.root))
			.forEach(this::report);
	}

	/**
	 * Reports values that could not be bound.
	 */
	public void reportFailures() {
		this.trace.failures().forEach((name, failure) -> {
			if (!this.trace.isGroup(name) || failure.isOfSingleValue()) {
				this.complete = false;
				report(name,
						BindFailureText.describe(
								ConfiguredValues.key(name, this.root.getNumberOfElements(), Form.DASHED), value(name),
								failure));
			}
		});
		// a constructor with missing arguments has nothing more to report
		if (this.complete) {
			this.trace.innermostFailures()
				.forEach((name, failure) -> report(name,
						this.reader.hideSecrets(BindFailureText.describe("", null, failure), this.root)));
		}
	}

	/** Returns the problems found in this section until now. */
	public Set<ConfigurationProblem> problems() {
		return this.reader.problems();
	}

	/** Whether a name is the name of this section or below it. */
	public boolean contains(String property) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
		return this.root.equals(name) || this.root.isAncestorOf(name);
	}

	/** Returns a value as configured, without reporting problems; null if absent. */
	public @Nullable String peek(String key) {
		Object value = value(this.root.append(key));
		return (value != null) ? this.reader.resolve(value.toString()) : null;
	}

	/**
	 * Whether a key was read or bound until now, so that it is known.
	 * @param key a key in its dashed form
	 */
	public boolean knows(String key) {
		return this.trace.asked().contains(this.root.append(key));
	}

	/**
	 * Reports a key that nobody knows in better words than those for unknown keys.
	 * @param key the key in its dashed form, below this section
	 * @param message the predicate of a sentence whose subject is the full key
	 */
	public void refuse(String key, String message) {
		this.trace.asked().add(this.root.append(key));
		this.complete = false;
		problem(key, message);
	}

	/** Reports an adapter's message about its options, which may quote a secret. */
	public void problemOfOptions(String message) {
		problem(this.reader.hideSecrets(message, this.root));
	}

	/**
	 * Reports that this section has no keys.
	 * @param message the problem if there is no value either; null if the section is
	 * optional
	 */
	public void reportAbsence(@Nullable String message) {
		Object value = value(this.root);
		if (value != null && !value.toString().isBlank()) {
			problem(BindFailureText.NOT_A_GROUP);
		}
		else if (message != null) {
			problem(message);
		}
	}

	/**
	 * Reports a problem of this section.
	 * @param message the predicate of a sentence whose subject is the section's name
	 */
	public void problem(String message) {
		report(this.root, message);
	}

	/**
	 * Reports a problem of a value.
	 * @param key the key of the value in its dashed form, below this section
	 * @param message the predicate of a sentence whose subject is the full key
	 */
	public void problem(String key, String message) {
		report(this.root.append(key), message);
	}

	/**
	 * Reports problems that were found elsewhere.
	 * @param problems the problems; may be empty
	 */
	public void problems(List<ConfigurationProblem> problems) {
		problems.forEach(this.reader::note);
	}

	private void report(ConfigurationPropertyName name, String message) {
		this.reader.note(name, this.link, message);
	}

	private @Nullable Object value(ConfigurationPropertyName name) {
		ConfigurationProperty property = this.reader.tree().property(name);
		return (property != null) ? property.getValue() : null;
	}

	private boolean hasKeysBelow(ConfigurationPropertyName name) {
		return !this.reader.tree().written(name).isEmpty();
	}

}
