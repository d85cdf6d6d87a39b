package io.deltasync.trace;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.deltasync.api.RecordInFlight;
import io.deltasync.config.Mask;
import io.deltasync.link.Link;
import org.jspecify.annotations.Nullable;

/**
 * Shows the values of records to people, without masked ones.
 */
final class ShownValues {

	private static final String HIDDEN = "***";

	private static final int LONGEST = 200;

	private final Link link;

	private final Mask mask;

	ShownValues(Link link) {
		this.link = link;
		this.mask = link.mask();
	}

	/** Returns the original properties of a record as texts. */
	Map<String, @Nullable String> ofSource(RecordInFlight record) {
		Map<String, @Nullable String> shown = new LinkedHashMap<>();
		this.mask.hideIn(record.originalProperties()).forEach((name, value) -> shown.put(name, text(value)));
		return shown;
	}

	/**
	 * Returns what the target has as texts. If values are masked and a filter may have
	 * copied them, only properties are shown that the mapping takes from shown ones.
	 * @param source the names of the source's properties; empty if not known
	 */
	Map<String, @Nullable String> ofTarget(Map<String, @Nullable Object> properties, Set<String> source) {
		Set<String> copied = this.link.mapping()
			.namesOf(source.stream().filter((name) -> !this.mask.touchesSource(name)).toList());
		boolean anyMayBeMasked = !this.mask.isEmpty() && this.link.changesPropertiesByFilters();
		Map<String, @Nullable String> shown = new LinkedHashMap<>();
		properties.forEach((name, value) -> {
			boolean hidden = this.mask.touchesTarget(name)
					|| (anyMayBeMasked && copied.stream().noneMatch(name::equalsIgnoreCase));
			shown.put(name, (hidden && value != null) ? HIDDEN : text(value));
		});
		return shown;
	}

	/** Returns a value of the source, such as that of the delta column. */
	@Nullable String ofSource(@Nullable String property, @Nullable String value) {
		return (property != null && value != null && this.mask.touchesSource(property)) ? HIDDEN : value;
	}

	/** Returns a key of which only the texts are known. */
	String key(Map<String, String> texts) {
		return String.join(",",
				texts.entrySet()
					.stream()
					.map((text) -> this.mask.touchesSource(text.getKey()) ? HIDDEN : text.getValue())
					.toList());
	}

	/** Removes the texts of a masked key from a message. */
	String message(String message, Map<String, String> texts) {
		String shown = message;
		for (Map.Entry<String, String> text : texts.entrySet()) {
			if (this.mask.touchesSource(text.getKey()) && !text.getValue().isEmpty()) {
				shown = shown.replace(text.getValue(), HIDDEN);
			}
		}
		return shown;
	}

	private static @Nullable String text(@Nullable Object value) {
		if (value == null) {
			return null;
		}
		String text = (value instanceof byte[] bytes)
				? HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, LONGEST)) : String.valueOf(value);
		return (text.length() <= LONGEST) ? text : text.substring(0, LONGEST - 1) + "…";
	}

}
