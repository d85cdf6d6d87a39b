package io.deltasync.codec;

import java.io.StringWriter;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Writes one scope. Not thread-safe.
 */
public final class ValueWriter {

	/**
	 * The JSON factory. Escapes surrogates and all characters above them, since half a
	 * surrogate pair would become a question mark in the database.
	 */
	public static final JsonFactory JSON = JsonFactory.builder()
		.highestNonEscapedChar(Character.MIN_SURROGATE - 1)
		.recyclerPool(JsonRecyclerPools.threadLocalPool())
		.build();

	/** The maximum depth. Deeper nesting is almost certainly a cycle. */
	private static final int MAX_DEPTH = 100;

	private final StorableTypes types;

	private final JsonGenerator json;

	private int depth;

	private ValueWriter(StorableTypes types, JsonGenerator json, int depth) {
		this.types = types;
		this.json = json;
		this.depth = depth;
	}

	/**
	 * Writes a scope.
	 * @param scope the scope
	 * @param types the types that the scope may consist of
	 * @return its text
	 * @throws ReflectiveOperationException if a field cannot be read
	 * @throws IllegalArgumentException if it contains a value that scopes must not
	 * contain
	 */
	static String text(Object scope, StorableTypes types) throws ReflectiveOperationException {
		return text(scope, types, 0);
	}

	private static String text(@Nullable Object value, StorableTypes types, int depth)
			throws ReflectiveOperationException {
		StringWriter text = new StringWriter(64);
		try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
			new ValueWriter(types, json, depth).write(value, null);
		}
		return text.toString();
	}

	JsonGenerator json() {
		return this.json;
	}

	/**
	 * Returns the text of a single element, by which unordered elements are sorted.
	 */
	String textOf(@Nullable Object element) throws ReflectiveOperationException {
		return text(element, this.types, this.depth);
	}

	/**
	 * Writes a value, with a tag if its type would not be clear otherwise.
	 * @param value the value
	 * @param declared the form that the reader expects, or null if any type is possible
	 * @throws ReflectiveOperationException if a field cannot be read
	 */
	void write(@Nullable Object value, @Nullable Form declared) throws ReflectiveOperationException {
		if (value == null) {
			this.json.writeNull();
			return;
		}
		if (++this.depth > MAX_DEPTH) {
			throw new IllegalArgumentException("it contains itself, or is nested more than 100 deep");
		}
		Form form = this.types.formOf(value.getClass());
		if (form == declared || (declared == null && form.plain().test(value))) {
			form.writer().write(value, this);
		}
		else {
			String tag = form.tag();
			if (tag == null) {
				throw new IllegalArgumentException("%s can only be in a field that declares it, and not in a collection"
					.formatted(value.getClass().getName()));
			}
			this.json.writeStartObject();
			this.json.writeName(tag);
			form.writer().write(value, this);
			this.json.writeEndObject();
		}
		this.depth--;
	}

}
