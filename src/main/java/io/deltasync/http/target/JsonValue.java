package io.deltasync.http.target;

import java.math.BigDecimal;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Converts values of records to what JSON has: exact numbers, dates and times in ISO
 * 8601, bytes in Base64.
 */
final class JsonValue {

	private JsonValue() {
	}

	/**
	 * Converts a value.
	 * @param name the property, for messages
	 * @return null, a Boolean, a String, a number that is written exactly, or a map or
	 * list of such values
	 * @throws RejectedRecordException if JSON cannot represent the value exactly
	 */
	static @Nullable Object of(String name, @Nullable Object value) throws RejectedRecordException {
		if (value == null || value instanceof Boolean) {
			return value;
		}
		if (value instanceof Number number) {
			return number(name, number);
		}
		if (value instanceof Map<?, ?> map) {
			Map<String, @Nullable Object> converted = new LinkedHashMap<>();
			for (Map.Entry<?, ?> entry : map.entrySet()) {
				converted.put(string(name, String.valueOf(entry.getKey())),
						of(name + "." + entry.getKey(), entry.getValue()));
			}
			return converted;
		}
		if (value instanceof Collection<?> list) {
			return list(name, list);
		}
		if (value instanceof Object[] array) {
			return list(name, List.of(array));
		}
		return text(name, value);
	}

	private static List<@Nullable Object> list(String name, Collection<?> values) throws RejectedRecordException {
		List<@Nullable Object> converted = new ArrayList<>();
		int i = 0;
		for (Object value : values) {
			converted.add(of(name + "[" + i++ + "]", value));
		}
		return converted;
	}

	private static Number number(String name, Number number) throws RejectedRecordException {
		if (number instanceof Double || number instanceof Float) {
			if (!Double.isFinite(number.doubleValue())) {
				throw new RejectedRecordException(
						"the property '%s' is %s, which JSON does not have".formatted(name, number));
			}
			// the shortest text that means this number
			return new BigDecimal(number.toString());
		}
		return number;
	}

	/**
	 * Converts a single value to a text.
	 * @throws RejectedRecordException if there is no text that means it
	 */
	static String text(String name, Object value) throws RejectedRecordException {
		if (value instanceof BigDecimal decimal) {
			return decimal.toPlainString();
		}
		if (value instanceof Number number) {
			return number(name, number).toString();
		}
		if (value instanceof CharSequence || value instanceof Character || value instanceof Enum<?>
				|| value instanceof UUID || value instanceof Boolean) {
			return string(name, value.toString());
		}
		if (value instanceof byte[] bytes) {
			return Base64.getEncoder().encodeToString(bytes);
		}
		String time = time(value);
		if (time == null) {
			throw new RejectedRecordException(
					"the property '%s' has the type %s, which has no form in JSON; convert it in the mapping"
						.formatted(name, value.getClass().getName()));
		}
		return time;
	}

	/** Returns null for a value that is no time. */
	private static @Nullable String time(Object value) {
		if (value instanceof Timestamp timestamp) {
			return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(timestamp.toLocalDateTime());
		}
		if (value instanceof java.sql.Date || value instanceof Time) {
			return (value instanceof Time clock) ? DateTimeFormatter.ISO_LOCAL_TIME.format(clock.toLocalTime())
					: value.toString();
		}
		if (value instanceof Date date) {
			return date.toInstant().toString();
		}
		// toString would leave out seconds that are zero
		if (value instanceof LocalDateTime time) {
			return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
		}
		if (value instanceof OffsetDateTime time) {
			return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
		}
		if (value instanceof ZonedDateTime time) {
			return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
		}
		if (value instanceof LocalTime time) {
			return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
		}
		return (value instanceof Instant || value instanceof TemporalAccessor || value instanceof TemporalAmount)
				? value.toString() : null;
	}

	/** UTF-8 cannot represent half a character, and would send a question mark. */
	private static String string(String name, String text) throws RejectedRecordException {
		for (int i = 0; i < text.length(); i++) {
			char sign = text.charAt(i);
			if (Character.isHighSurrogate(sign) && i + 1 < text.length()
					&& Character.isLowSurrogate(text.charAt(i + 1))) {
				i++;
			}
			else if (Character.isSurrogate(sign)) {
				throw new RejectedRecordException(
						"the property '%s' contains half a character (\\u%04X), which cannot be sent".formatted(name,
								(int) sign));
			}
		}
		return text;
	}

}
