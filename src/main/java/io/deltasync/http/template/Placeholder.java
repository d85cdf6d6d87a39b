package io.deltasync.http.template;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A placeholder of a template. Immutable.
 *
 * @param name the name, such as {@code since} or {@code job.id}
 * @param times how a time is written; null for the Link's own format
 * @param separator the text between the elements of a list
 */
record Placeholder(String name, @Nullable TimeFormat times, String separator) implements Template.Part {

	/**
	 * Reads a placeholder.
	 * @param text the text between the braces
	 * @throws IllegalArgumentException if its format is not one; the message is the
	 * predicate of a sentence about the template
	 */
	static Placeholder of(String text) {
		int colon = text.indexOf(':');
		String name = ((colon < 0) ? text : text.substring(0, colon)).strip();
		String format = (colon < 0) ? "" : text.substring(colon + 1);
		boolean time = name.equals(Placeholders.SINCE) || name.equals(Placeholders.UNTIL)
				|| name.equals(Placeholders.RUN);
		if (colon < 0 || name.equals(Placeholders.IDS)) {
			return new Placeholder(name, null, format.isEmpty() ? "," : format);
		}
		if (!time) {
			throw new IllegalArgumentException(
					"has {%s}, but only times and lists have a format; write {%s}".formatted(text, name));
		}
		try {
			return new Placeholder(name, TimeFormat.of(format), ",");
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("has {%s}, but %s".formatted(text, ex.getMessage()), ex);
		}
	}

	/**
	 * Returns the value with its type; null if there is none.
	 * @param format how times are written by default
	 */
	@Nullable Object value(Map<String, ?> values, TimeFormat format) {
		Object value = values.get(this.name);
		if (value instanceof Instant time) {
			return ((this.times != null) ? this.times : format).write(time);
		}
		return (value instanceof Collection<?> list)
				? list.stream().map(String::valueOf).collect(Collectors.joining(this.separator)) : value;
	}

}
