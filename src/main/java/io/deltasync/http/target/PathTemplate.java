package io.deltasync.http.target;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import io.deltasync.api.PropertyPath;
import io.deltasync.api.RecordInFlight;
import io.deltasync.http.connection.HttpCall;
import org.jspecify.annotations.Nullable;

/**
 * A path with placeholders for properties of a record, such as <code>/orders/{id}</code>.
 * Two braces stand for one. Immutable.
 */
final class PathTemplate {

	private final String text;

	/** Fixed texts and, at odd positions, names of properties. */
	private final List<String> parts = new ArrayList<>();

	/**
	 * Reads a template.
	 * @throws IllegalArgumentException if it is malformed
	 */
	PathTemplate(String text) {
		this.text = text;
		StringBuilder part = new StringBuilder();
		boolean inside = false;
		for (int i = 0; i < text.length(); i++) {
			char sign = text.charAt(i);
			boolean doubled = !inside && i + 1 < text.length() && text.charAt(i + 1) == sign;
			if ((sign == '{' || sign == '}') && doubled) {
				part.append(sign);
				i++;
			}
			else if (sign == (inside ? '}' : '{')) {
				this.parts.add(inside ? checked(part.toString()) : part.toString());
				part.setLength(0);
				inside = !inside;
			}
			else if (sign == '{' || sign == '}') {
				throw malformed();
			}
			else {
				part.append(sign);
			}
		}
		if (inside) {
			throw malformed();
		}
		this.parts.add(part.toString());
		checkSigns();
	}

	/** Finds blanks and other signs that have to be encoded. */
	private void checkSigns() {
		StringBuilder example = new StringBuilder();
		for (int i = 0; i < this.parts.size(); i++) {
			example.append((i % 2 == 0) ? this.parts.get(i) : "x");
		}
		try {
			URI.create("http://x/" + example);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"path '%s' contains signs that must be encoded, such as %%20 for a blank".formatted(this.text));
		}
	}

	private String checked(String name) {
		if (name.isBlank()) {
			throw malformed();
		}
		try {
			PropertyPath.of(name);
		}
		catch (IllegalArgumentException ex) {
			throw malformed();
		}
		return name;
	}

	private IllegalArgumentException malformed() {
		return new IllegalArgumentException(
				"path '%s' is malformed; write the name of a property in braces, such as /orders/{id}, and {{ for a brace"
					.formatted(this.text));
	}

	/** Returns the names of the properties; empty if all records have the same path. */
	List<String> properties() {
		List<String> names = new ArrayList<>();
		for (int i = 1; i < this.parts.size(); i += 2) {
			names.add(this.parts.get(i));
		}
		return names;
	}

	/**
	 * Returns the path of a record.
	 * @throws RejectedRecordException if a property that it needs has no usable value
	 */
	String of(RecordInFlight record) throws RejectedRecordException {
		StringBuilder path = new StringBuilder();
		for (int i = 0; i < this.parts.size(); i++) {
			path.append((i % 2 == 0) ? this.parts.get(i) : HttpCall.encoded(value(this.parts.get(i), record)));
		}
		return path.toString();
	}

	/**
	 * Refuses values that would lead to another resource: an empty one leads to all
	 * resources, and servers read dots as steps between directories.
	 */
	private static String value(String name, RecordInFlight record) throws RejectedRecordException {
		@Nullable Object value = record.get(name);
		if (value == null || value.toString().isEmpty()) {
			throw new RejectedRecordException("the property '%s', which the path needs, has no value".formatted(name));
		}
		String text = JsonValue.text(name, value);
		if (text.equals(".") || text.equals("..")) {
			throw new RejectedRecordException(
					"the property '%s' is '%s', which servers read as a step between directories rather than as a name"
						.formatted(name, text));
		}
		return text;
	}

	@Override
	public String toString() {
		return this.text;
	}

}
