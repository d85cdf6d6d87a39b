package io.deltasync.config;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.io.Resource;

/**
 * Restores values as written in a YAML file. YAML may read a value without quotes as a
 * different one, such as 01234 as 668 or 1.10 as 1.1, and null as an empty text.
 */
final class WrittenValue {

	private static final Pattern LINES = Pattern.compile("\\r\\n|[\\n\\r\\u0085\\u2028\\u2029]");

	/** An anchor or a tag before the value. */
	private static final Pattern BEFORE = Pattern.compile("^(?:[&!]\\S*\\s*)+");

	private static final Pattern END = Pattern.compile("[\\s,}\\]].*$");

	private static final Pattern TEXT = Pattern.compile("^[\"'|>].*");

	private WrittenValue() {
	}

	/**
	 * Returns the value that the author of a file meant.
	 * @param property the property
	 * @param bound the value that it was bound to
	 * @return the value; null if the file has null there
	 * @throws IllegalArgumentException if YAML reads a different value from the one
	 * written; the message continues a sentence that starts with the name of a property
	 */
	static @Nullable Object of(ConfigurationProperty property, Object bound) {
		Object value = property.getValue();
		boolean read = value instanceof Number || value instanceof Boolean || value.equals("");
		String written = read ? written(property.getOrigin()) : null;
		if (written == null || TEXT.matcher(written).matches() || written.equals(value.toString())) {
			return value.equals("") && written != null && written.isEmpty() ? null : bound;
		}
		if (value.equals("")) {
			return null;
		}
		if (value instanceof Number && isPlainNumber(written)) {
			return new BigDecimal(written);
		}
		throw new IllegalArgumentException(
				"the value %s, which YAML reads as %s; write it in quotes if it is a text, or else as %s"
					.formatted(written, value, value));
	}

	/**
	 * Whether YAML reads a different value from the one written, if it is meant as a
	 * text.
	 * @param property the property
	 */
	static boolean isChanged(ConfigurationProperty property) {
		Object value = property.getValue();
		try {
			return !value.equals("") && of(property, value) != value;
		}
		catch (IllegalArgumentException ex) {
			return true;
		}
	}

	private static boolean isPlainNumber(String written) {
		try {
			return new BigDecimal(written).toPlainString().equals(written);
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

	/**
	 * Returns an unquoted value as written in its file, or the beginning of any other
	 * value.
	 */
	private static @Nullable String written(@Nullable Origin origin) {
		Origin place = (origin instanceof PropertySourceOrigin wrapped) ? wrapped.getOrigin() : origin;
		Resource resource = (place instanceof TextResourceOrigin text) ? text.getResource() : null;
		TextResourceOrigin.Location location = (place instanceof TextResourceOrigin text) ? text.getLocation() : null;
		if (resource == null || location == null || !isYaml(resource)) {
			return null;
		}
		String[] lines;
		try {
			lines = LINES.split(resource.getContentAsString(StandardCharsets.UTF_8), -1);
		}
		catch (IOException ex) {
			return null;
		}
		if (location.getLine() >= lines.length) {
			return null;
		}
		String line = lines[location.getLine()];
		if (location.getColumn() > line.codePointCount(0, line.length())) {
			return null;
		}
		String rest = line.substring(line.offsetByCodePoints(0, location.getColumn()));
		return END.matcher(BEFORE.matcher(rest).replaceFirst("")).replaceFirst("");
	}

	private static boolean isYaml(Resource resource) {
		String file = resource.getFilename();
		return file != null && (file.endsWith(".yaml") || file.endsWith(".yml"));
	}

}
