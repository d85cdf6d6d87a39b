package io.deltasync.http.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * A text with placeholders. <code>{{</code> and <code>}}</code> stand for single braces.
 * Immutable.
 */
public final class Template {

	private final List<Part> parts;

	private Template(List<Part> parts) {
		this.parts = List.copyOf(parts);
	}

	/**
	 * Reads a template.
	 * @param text the text
	 * @param known the placeholders that have a value where the template is used; one
	 * that ends with a dot stands for all that begin with it
	 * @throws IllegalArgumentException if the text has another placeholder or a brace of
	 * its own; the message is the predicate of a sentence about the text
	 */
	public static Template of(String text, Collection<String> known) {
		List<Part> parts = new ArrayList<>();
		StringBuilder literal = new StringBuilder();
		int i = 0;
		while (i < text.length()) {
			char c = text.charAt(i);
			boolean brace = c == '{' || c == '}';
			if (brace && i + 1 < text.length() && text.charAt(i + 1) == c) {
				literal.append(c);
				i += 2;
			}
			else if (brace) {
				int end = text.indexOf('}', i);
				if (c == '}' || end < 0) {
					throw new IllegalArgumentException(
							"has a single %s; write %s%s for the character itself".formatted(c, c, c));
				}
				add(parts, literal);
				parts.add(known(Placeholder.of(text.substring(i + 1, end)), known));
				i = end + 1;
			}
			else {
				literal.append(c);
				i++;
			}
		}
		add(parts, literal);
		return new Template(parts);
	}

	private static void add(List<Part> parts, StringBuilder literal) {
		if (!literal.isEmpty()) {
			parts.add(new Literal(literal.toString()));
			literal.setLength(0);
		}
	}

	private static Placeholder known(Placeholder placeholder, Collection<String> known) {
		String name = placeholder.name();
		if (known.stream().noneMatch((one) -> one.endsWith(".") ? isBelow(name, one) : one.equals(name))) {
			List<String> listed = known.stream()
				.sorted()
				.map((one) -> one.endsWith(".") ? one + "FIELD" : one)
				.toList();
			throw new IllegalArgumentException("has {%s}, which has no value here; %s".formatted(name, listed.isEmpty()
					? "write {{ and }} for braces" : "known are {" + String.join("}, {", listed) + "}"));
		}
		return placeholder;
	}

	private static boolean isBelow(String name, String prefix) {
		return name.startsWith(prefix) && name.length() > prefix.length();
	}

	/** Whether the text consists of one placeholder alone. */
	public boolean isPlaceholder() {
		return this.parts.size() == 1 && this.parts.get(0) instanceof Placeholder;
	}

	/** Returns the names of the placeholders. */
	public Set<String> names() {
		Set<String> names = new TreeSet<>();
		for (Part part : this.parts) {
			if (part instanceof Placeholder placeholder) {
				names.add(placeholder.name());
			}
		}
		return names;
	}

	/**
	 * Returns the text with the values in place of the placeholders.
	 * @param values the values by the name of the placeholder
	 * @param format how times are written where the placeholder does not say it
	 * @param encoding encodes each value for the place where the text stands
	 * @return the text; null if one of the placeholders has no value
	 */
	public @Nullable String text(Map<String, ?> values, TimeFormat format, UnaryOperator<String> encoding) {
		StringBuilder text = new StringBuilder();
		for (Part part : this.parts) {
			if (part instanceof Literal literal) {
				text.append(literal.text());
			}
			else {
				Object value = ((Placeholder) part).value(values, format);
				if (value == null) {
					return null;
				}
				text.append(encoding.apply(value.toString()));
			}
		}
		return text.toString();
	}

	/**
	 * Returns the value: that of the placeholder with its type if the text consists of
	 * one placeholder alone, and otherwise the text.
	 * @param values the values by the name of the placeholder
	 * @param format how times are written where the placeholder does not say it
	 * @return the value; null if one of the placeholders has no value
	 */
	public @Nullable Object value(Map<String, ?> values, TimeFormat format) {
		if (this.parts.size() == 1 && this.parts.get(0) instanceof Placeholder placeholder) {
			return placeholder.value(values, format);
		}
		return text(values, format, UnaryOperator.identity());
	}

	/** A part of a template. */
	sealed interface Part permits Literal, Placeholder {

	}

	/**
	 * A text that stays as it is.
	 *
	 * @param text the text
	 */
	record Literal(String text) implements Part {

	}

}
