package io.deltasync.http.target;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.deltasync.api.RecordInFlight;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of one record. By default an object with its properties, otherwise what is
 * configured, in which a text such as <code>{name}</code> stands for the value of a
 * property, with its type. Immutable.
 */
final class BodyTemplate {

	private final @Nullable Map<String, Object> configured;

	BodyTemplate(@Nullable Map<String, Object> configured) {
		this.configured = configured;
	}

	/**
	 * Returns the JSON of a record, as maps, lists and single values.
	 * @throws RejectedRecordException if a value has no form in JSON
	 */
	@Nullable Object of(RecordInFlight record) throws RejectedRecordException {
		if (this.configured != null) {
			return filled(this.configured, record);
		}
		Map<String, @Nullable Object> body = new LinkedHashMap<>();
		for (Map.Entry<String, @Nullable Object> property : record.properties().entrySet()) {
			body.put(property.getKey(), JsonValue.of(property.getKey(), property.getValue()));
		}
		return body;
	}

	private static @Nullable Object filled(Object template, RecordInFlight record) throws RejectedRecordException {
		if (template instanceof Map<?, ?> map) {
			Map<String, @Nullable Object> filled = new LinkedHashMap<>();
			for (Map.Entry<?, ?> entry : map.entrySet()) {
				filled.put(String.valueOf(entry.getKey()), filled(entry.getValue(), record));
			}
			return filled;
		}
		String property = (template instanceof String text) ? property(text) : null;
		return (property != null) ? JsonValue.of(property, record.get(property))
				: (template instanceof String text) ? text.replace("{{", "{").replace("}}", "}") : template;
	}

	/** Returns the property that a text stands for; null if it stands for itself. */
	private static @Nullable String property(String text) {
		boolean placeholder = text.length() > 2 && text.startsWith("{") && text.endsWith("}") && !text.startsWith("{{");
		return placeholder ? text.substring(1, text.length() - 1) : null;
	}

	/** Returns the names of the properties that are configured. */
	List<String> properties() {
		List<String> names = new ArrayList<>();
		collect(this.configured, names);
		return names;
	}

	private static void collect(@Nullable Object template, List<String> names) {
		if (template instanceof Map<?, ?> map) {
			map.values().forEach((value) -> collect(value, names));
		}
		String property = (template instanceof String text) ? property(text) : null;
		if (property != null) {
			names.add(property);
		}
	}

}
