package io.deltasync.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.deltasync.api.RecordInFlight;
import org.jspecify.annotations.Nullable;

/**
 * The confidential properties of a Link: their values are neither stored with rejects and
 * logged records nor shown in messages. A name covers all nested properties, regardless
 * of case. Immutable and thread-safe.
 */
public final class Mask {

	/** Hides nothing. */
	public static final Mask NONE = new Mask(Set.of(), Map.of());

	private static final String HIDDEN = "***";

	private final Set<String> names;

	private final Set<String> targetNames;

	/**
	 * Creates a mask.
	 * @param names names or paths of source properties
	 * @param renamed the target property of each source property, where values are hidden
	 * too
	 */
	public Mask(Collection<String> names, Map<String, String> renamed) {
		this.names = lower(names);
		this.targetNames = new HashSet<>(this.names);
		renamed.forEach((source, target) -> {
			String from = source.toLowerCase(Locale.ROOT);
			String to = target.toLowerCase(Locale.ROOT);
			if (covers(from, this.names)) {
				this.targetNames.add(to);
			}
			this.names.stream()
				.filter((name) -> isPart(name, from))
				.forEach((name) -> this.targetNames.add(to + name.substring(from.length())));
		});
	}

	private Mask(Set<String> names, Set<String> targetNames) {
		this.names = names;
		this.targetNames = targetNames;
	}

	/**
	 * Returns this mask with another property of the target.
	 * @param name its name or path
	 * @return the mask
	 */
	public Mask withTarget(String name) {
		Set<String> targets = new HashSet<>(this.targetNames);
		targets.add(name.toLowerCase(Locale.ROOT));
		return new Mask(this.names, targets);
	}

	/**
	 * Creates the mask of properties that are not renamed.
	 * @param names names or paths of properties
	 * @return the mask
	 */
	public static Mask of(Collection<String> names) {
		return new Mask(names, Map.of());
	}

	/**
	 * Whether the property, a property nested in it, or a property around it is hidden.
	 */
	public boolean touchesSource(String property) {
		return touches(property.toLowerCase(Locale.ROOT), this.names);
	}

	/** Like {@link #touchesSource}, by the property's name at the target. */
	public boolean touchesTarget(String property) {
		return touches(property.toLowerCase(Locale.ROOT), this.targetNames);
	}

	/**
	 * Whether nothing is hidden.
	 * @return true if the Link has no confidential properties
	 */
	public boolean isEmpty() {
		return this.names.isEmpty();
	}

	/**
	 * Replaces hidden values by asterisks.
	 * @param properties original properties; not changed
	 * @return the same map if it contains no hidden values, otherwise a copy
	 */
	public Map<String, @Nullable Object> hideIn(Map<String, @Nullable Object> properties) {
		if (this.names.isEmpty()) {
			return properties;
		}
		Map<String, @Nullable Object> shown = new LinkedHashMap<>(properties);
		shown.replaceAll(this::hidden);
		return shown.equals(properties) ? properties : shown;
	}

	/**
	 * Returns the key of a record as a text for people.
	 * @param record the record
	 * @return its {@link RecordInFlight#key() key} without hidden values, or null if it
	 * has none
	 */
	public @Nullable String key(RecordInFlight record) {
		List<String> key = record.keyProperties();
		if (this.names.isEmpty() || key.isEmpty()) {
			return record.key();
		}
		List<@Nullable Object> values = record.keyValues();
		return IntStream.range(0, key.size())
			.mapToObj((i) -> String.valueOf(hidden(key.get(i), values.get(i))))
			.collect(Collectors.joining(","));
	}

	/**
	 * Removes a record's hidden values from a text written by others, such as the
	 * target's database. Finds unchanged values and the beginnings of long ones. Does not
	 * find values in another form, or values that the record does not contain.
	 * @param text the text
	 * @param record the record that the text is about
	 * @return the text without hidden values
	 */
	public String hideIn(String text, RecordInFlight record) {
		if (this.names.isEmpty()) {
			return text;
		}
		HiddenValues values = new HiddenValues();
		record.originalProperties().forEach((name, value) -> collect(name, value, this.names, values));
		record.properties().forEach((name, value) -> collect(name, value, this.targetNames, values));
		return values.replaceIn(text, HIDDEN);
	}

	private @Nullable Object hidden(String path, @Nullable Object value) {
		if (value == null || !touchesSource(path)) {
			return value;
		}
		boolean whole = covers(path.toLowerCase(Locale.ROOT), this.names);
		if (!whole && value instanceof Map<?, ?> map) {
			Map<Object, @Nullable Object> shown = new LinkedHashMap<>(map);
			shown.replaceAll((name, part) -> hidden(path + "." + name, part));
			return shown;
		}
		if (!whole && value instanceof List<?> list) {
			List<@Nullable Object> shown = new ArrayList<>(list);
			for (int i = 0; i < shown.size(); i++) {
				shown.set(i, hidden(path + "[" + i + "]", shown.get(i)));
			}
			return shown;
		}
		return HIDDEN;
	}

	private static void collect(String path, @Nullable Object value, Set<String> names, HiddenValues values) {
		if (value instanceof Map<?, ?> map) {
			map.forEach((name, part) -> collect(path + "." + name, part, names, values));
		}
		else if (value instanceof Collection<?> parts) {
			int i = 0;
			for (Object part : parts) {
				collect(path + "[" + i++ + "]", part, names, values);
			}
		}
		else if (value instanceof Object[] parts) {
			collect(path, Arrays.asList(parts), names, values);
		}
		else if (value != null && touches(path.toLowerCase(Locale.ROOT), names)) {
			values.add(value);
		}
	}

	private static boolean touches(String path, Set<String> names) {
		return covers(path, names) || names.stream().anyMatch((name) -> isPart(name, path));
	}

	private static boolean covers(String path, Set<String> names) {
		return names.contains(path) || names.stream().anyMatch((name) -> isPart(path, name));
	}

	private static boolean isPart(String path, String of) {
		return path.length() > of.length() && path.startsWith(of)
				&& (path.charAt(of.length()) == '.' || path.charAt(of.length()) == '[');
	}

	private static Set<String> lower(Collection<String> names) {
		return names.stream().map((name) -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
	}

}
