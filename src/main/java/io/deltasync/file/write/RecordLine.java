package io.deltasync.file.write;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.temporal.TemporalAccessor;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import io.deltasync.api.RecordInFlight;
import io.deltasync.format.FileFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a record as a line of JSON. A value that the file cannot hold exactly is
 * refused.
 */
final class RecordLine {

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
		.disable(SerializationFeature.INDENT_OUTPUT)
		.build();

	private final FileTargetOptions options;

	RecordLine(FileTargetOptions options) {
		this.options = options;
	}

	/**
	 * Returns the line of a record.
	 * @throws IllegalArgumentException if a value cannot be written
	 */
	byte[] of(RecordInFlight record) {
		Map<String, @Nullable Object> line = new LinkedHashMap<>();
		record.properties().forEach((name, value) -> line.put(name, value(name, value)));
		String operation = this.options.operationColumn();
		if (operation != null) {
			line.put(operation, record.operation().name().toLowerCase(Locale.ROOT));
		}
		if (!this.options.columns().isEmpty()) {
			for (String name : line.keySet()) {
				if (!this.options.columns().contains(name) && !name.equals(operation)) {
					throw new IllegalArgumentException(
							"columns has no '%s'; add it, or leave the property out of the mapping".formatted(name));
				}
			}
		}
		return (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
	}

	private @Nullable Object value(String name, @Nullable Object value) {
		if (this.options.format() == FileFormat.CSV && (value instanceof Map || value instanceof Iterable)) {
			throw new IllegalArgumentException(
					"%s is a list or an object, which CSV cannot hold; map its parts, or write jsonl".formatted(name));
		}
		Object exact = exact(name, value);
		return (exact == null || this.options.format() != FileFormat.CSV) ? exact
				: (exact instanceof BigDecimal decimal) ? decimal.toPlainString() : exact.toString();
	}

	private static @Nullable Object exact(String name, @Nullable Object value) {
		if (value == null || value instanceof Boolean || value instanceof BigDecimal) {
			return value;
		}
		if (value instanceof Double || value instanceof Float) {
			if (!Double.isFinite(((Number) value).doubleValue())) {
				throw new IllegalArgumentException("%s is %s, which JSON and CSV cannot hold".formatted(name, value));
			}
			return value;
		}
		if (value instanceof Number) {
			return value;
		}
		if (value instanceof byte[] bytes) {
			return Base64.getEncoder().encodeToString(bytes);
		}
		if (value instanceof Map<?, ?> map) {
			Map<String, @Nullable Object> copy = new LinkedHashMap<>();
			map.forEach((key, element) -> copy.put(text(name, String.valueOf(key)), exact(name, element)));
			return copy;
		}
		if (value instanceof List<?> list) {
			return list.stream().map((element) -> exact(name, element)).toList();
		}
		if (value instanceof CharSequence || value instanceof TemporalAccessor || value instanceof UUID
				|| value instanceof Enum || value instanceof Character) {
			return text(name, value.toString());
		}
		throw new IllegalArgumentException("%s is a %s, which cannot be written to a file; convert it in a filter"
			.formatted(name, value.getClass().getName()));
	}

	/** Refuses half of a character, which would be written as a question mark. */
	private static String text(String name, String text) {
		if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
			throw new IllegalArgumentException(
					"%s contains half of a surrogate pair, which UTF-8 cannot hold".formatted(name));
		}
		return text;
	}

}
