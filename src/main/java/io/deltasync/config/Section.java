package io.deltasync.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * A part of the configuration: everything below one name. What is read of it is bound;
 * what does not fit is noted, never thrown. Call {@link #finish()} at the end.
 */
public final class Section {

	/** The name below which everything is configured. */
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
	 * Goes down one level. Who asks for a part looks after what is in it.
	 * @param key a key in its dashed form
	 * @return the part of this section below the key
	 */
	public Section part(String key) {
		ConfigurationPropertyName name = this.root.append(key);
		this.trace.asked().add(name);
		this.parts.add(name);
		return new Section(this.reader, name, this.link);
	}

	/**
	 * Goes down to each element of a list. Who asks for them looks after what is in them.
	 * As everywhere in Spring Boot, a list is taken whole from one source.
	 * @param key the list's key in its dashed form
	 * @return the elements in their order; empty when there are none, or when there is
	 * something else than a list, which has been noted then
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
	 * Lists what stands right below this section.
	 * @return from own name to whole name, in order; empty when the section is empty or
	 * not there
	 */
	public Map<String, ConfigurationPropertyName> children() {
		return this.reader.tree().children(this.root);
	}

	/**
	 * Returns everything that is configured below this section, whichever file or
	 * variable it comes from, without secrets.
	 * @return from the dotted key below this section to its value, sorted by key
	 */
	public Map<String, String> values() {
		return this.reader.values(this.root);
	}

	/**
	 * Reads a text that must be there.
	 * @param key a key in its dashed form
	 * @param remedy what to give, for the message when it is not there
	 * @return the text; null when it is not there, which has been noted then
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
	 * Binds the section as a whole. Whatever cannot be bound is left out; ask
	 * {@link #isComplete()} before relying on the result.
	 * @param <T> the type
	 * @param type a record, whose components are required unless they are nullable or
	 * primitive or have a default value, or a class with setters
	 * @return what was bound; null when it could not even be made
	 */
	public <T> @Nullable T bind(Class<T> type) {
		Bindable<T> target = Bindable.of(type).withBindRestrictions(Bindable.BindRestriction.NO_DIRECT_PROPERTY);
		@Nullable T bound = this.reader.binder().bindOrCreate(this.root, target, this.trace);
		for (ConfigurationPropertyName name : RequiredComponents.missing(this.root, type, this.trace)) {
			this.complete = false;
			if (!hasKeysBelow(name)) {
				note(name, "is missing");
			}
		}
		return bound;
	}

	/**
	 * Gives the keys of a map that was bound the brackets back that the binder took:
	 * {@code lines[0].sku} became {@code lines.0.sku}.
	 * @param <V> the type of the values
	 * @param key the map's key in its dashed form, below this section
	 * @param bound the map as it was bound; may be null
	 * @return the map with its keys as they were written
	 */
	public <V> @Nullable Map<String, V> withBrackets(String key, @Nullable Map<String, V> bound) {
		if (bound == null) {
			return null;
		}
		ConfigurationPropertyName map = this.root.append(key);
		Map<String, String> written = new HashMap<>();
		this.trace.asked().stream().filter(map::isAncestorOf).forEach((name) -> {
			StringBuilder dotted = new StringBuilder();
			StringBuilder bracketed = new StringBuilder();
			for (int i = map.getNumberOfElements(); i < name.getNumberOfElements(); i++) {
				String element = name.getElement(i, Form.ORIGINAL);
				String dot = dotted.isEmpty() ? "" : ".";
				dotted.append(dot).append(element);
				bracketed.append((name.isNumericIndex(i) && !dot.isEmpty()) ? "[" + element + "]" : dot + element);
			}
			written.put(dotted.toString(), bracketed.toString());
		});
		Map<String, V> restored = new LinkedHashMap<>();
		bound.forEach((name, value) -> restored.put(written.getOrDefault(name, name), value));
		return restored;
	}

	/**
	 * Gives values of any type back what YAML took from them, see {@link WrittenValue}.
	 * @param key the key of a map in its dashed form, below this section
	 * @param bound the map as it was bound; may be null
	 * @return the map with its values as they were written; a value that YAML changed has
	 * been noted
	 */
	public @Nullable Map<String, @Nullable Object> asWritten(String key,
			@Nullable Map<String, ? extends @Nullable Object> bound) {
		if (bound == null) {
			return null;
		}
		ConfigurationPropertyName map = this.root.append(key);
		Map<String, @Nullable Object> written = new LinkedHashMap<>(bound);
		for (ConfigurationPropertyName name : this.reader.tree().names(map)) {
			List<String> elements = new ArrayList<>();
			for (int i = map.getNumberOfElements(); i < name.getNumberOfElements(); i++) {
				elements.add(name.getElement(i, Form.ORIGINAL));
			}
			String dotted = String.join(".", elements);
			Object value = bound.get(dotted);
			ConfigurationProperty property = this.reader.tree().property(name);
			if (value != null && property != null) {
				try {
					written.put(dotted, WrittenValue.of(property, value));
				}
				catch (IllegalArgumentException ex) {
					problem(key, "gives '%s' %s".formatted(dotted, ex.getMessage()));
				}
			}
		}
		return written;
	}

	/**
	 * Checks that YAML took nothing from texts without quotes. They may be secret, so no
	 * message shows them.
	 * @param keys keys in their dashed form
	 * @return whether all are as they were written; what is not has been noted
	 */
	public boolean areAsWritten(String... keys) {
		boolean all = true;
		for (String key : keys) {
			ConfigurationProperty property = this.reader.tree().property(this.root.append(key));
			if (property != null && WrittenValue.isChanged(property)) {
				problem(key, "stands without quotes, and YAML reads another value than is written; put it in quotes");
				all = false;
			}
		}
		return all;
	}

	/**
	 * Tells whether all that was asked for so far was there and fitted.
	 * @return false when something is missing or has a bad value
	 */
	public boolean isComplete() {
		return this.complete && this.trace.failures().isEmpty();
	}

	/**
	 * Notes what could not be bound, and all keys that nobody has asked for.
	 */
	public void finish() {
		if (children().isEmpty()) {
			noteAbsence(null);
		}
		noteFailures();
		new UnknownKeys(this.root, this.trace, this.parts).of(this.reader.tree().written(this.root))
			.forEach(this::note);
	}

	/**
	 * Notes what could not be bound.
	 */
	public void noteFailures() {
		this.trace.failures().forEach((name, failure) -> {
			if (!this.trace.isGroup(name) || failure.isOfSingleValue()) {
				this.complete = false;
				note(name, BindFailureText.describe(below(name), value(name), failure));
			}
		});
		// a constructor that was given too little has nothing more to say
		if (this.complete) {
			this.trace.innermostFailures()
				.forEach((name, failure) -> note(name,
						this.reader.hideSecrets(BindFailureText.describe("", null, failure), this.root)));
		}
	}

	/** Returns what is wrong with this section, as far as it was read. */
	public Set<ConfigurationProblem> problems() {
		return this.reader.problems();
	}

	/** Whether a name is this section's or below it. */
	public boolean contains(String property) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
		return this.root.equals(name) || this.root.isAncestorOf(name);
	}

	/** Returns a value as it is configured, without noting anything; null if absent. */
	public @Nullable String peek(String key) {
		Object value = value(this.root.append(key));
		return (value != null) ? this.reader.resolve(value.toString()) : null;
	}

	/** Notes what an adapter says of its options, which may quote a secret one. */
	public void problemOfOptions(String message) {
		problem(this.reader.hideSecrets(message, this.root));
	}

	/** Returns the key below this section, with the groups that it is in. */
	private String below(ConfigurationPropertyName name) {
		StringBuilder key = new StringBuilder();
		for (int i = this.root.getNumberOfElements(); i < name.getNumberOfElements(); i++) {
			key.append(key.isEmpty() ? "" : ".").append(name.getElement(i, Form.DASHED));
		}
		return key.toString();
	}

	/**
	 * Notes that there are no keys in this section.
	 * @param message what to say when there is nothing; null when it need not be there
	 */
	public void noteAbsence(@Nullable String message) {
		Object value = value(this.root);
		if (value != null && !value.toString().isBlank()) {
			problem(BindFailureText.NOT_A_GROUP);
		}
		else if (message != null) {
			problem(message);
		}
	}

	public void problem(String message) {
		note(this.root, message);
	}

	public void problem(String key, String message) {
		note(this.root.append(key), message);
	}

	public void problems(List<ConfigurationProblem> problems) {
		problems.forEach(this.reader::note);
	}

	private void note(ConfigurationPropertyName name, String message) {
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
