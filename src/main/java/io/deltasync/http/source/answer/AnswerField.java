package io.deltasync.http.source.answer;

import io.deltasync.http.json.JsonPath;
import org.jspecify.annotations.Nullable;

/**
 * A place in an answer: a header, or a field of the JSON body. Immutable.
 *
 * @param header the name of the header; null for a field
 * @param path the path of the field; of no meaning for a header
 */
public record AnswerField(@Nullable String header, JsonPath path) {

	private static final String HEADER = "header:";

	/**
	 * Reads a place.
	 * @param text 'header:NAME' or a path
	 * @throws IllegalArgumentException if it is neither; the message is the predicate of
	 * a sentence about the text
	 */
	public static AnswerField of(String text) {
		String name = text.startsWith(HEADER) ? text.substring(HEADER.length()).strip() : null;
		if (text.isBlank() || (name != null && name.isEmpty())) {
			throw new IllegalArgumentException(
					"is '%s'; give header:NAME, or a path such as meta.next".formatted(text));
		}
		return new AnswerField(name, JsonPath.of((name != null) ? "" : text));
	}

	/** Whether this is the header of RFC 8288 with links to other pages. */
	public boolean isLinkHeader() {
		return "Link".equalsIgnoreCase(this.header);
	}

	@Override
	public String toString() {
		return (this.header != null) ? "header " + this.header : "field '" + this.path + "'";
	}

}
