package io.deltasync.codec;

import io.deltasync.api.SourceAdapter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * Reads one scope. Not thread-safe.
 */
final class ValueReader {

	private final StorableTypes types;

	private final @Nullable SourceAdapter adapter;

	private final JsonParser json;

	private ValueReader(StorableTypes types, @Nullable SourceAdapter adapter, JsonParser json) {
		this.types = types;
		this.adapter = adapter;
		this.json = json;
	}

	/**
	 * Reads a scope.
	 * @param text a text written by {@link ValueWriter}
	 * @param types the types that the scope may consist of
	 * @param adapter the adapter, for scopes of its inner classes, or null if it must not
	 * contain any
	 * @return the scope
	 * @throws ReflectiveOperationException if an object cannot be created
	 */
	static Object read(String text, StorableTypes types, @Nullable SourceAdapter adapter)
			throws ReflectiveOperationException {
		try (JsonParser json = ValueWriter.JSON.createParser(ObjectReadContext.empty(), text)) {
			json.nextToken();
			Object scope = new ValueReader(types, adapter, json).read(null);
			if (scope == null || json.nextToken() != null) {
				throw new IllegalArgumentException("it is not one value");
			}
			return scope;
		}
	}

	SourceAdapter adapter() {
		if (this.adapter == null) {
			throw new IllegalArgumentException("only scopes may contain objects of inner classes; make them static");
		}
		return this.adapter;
	}

	JsonParser json() {
		return this.json;
	}

	String string() {
		require(JsonToken.VALUE_STRING, "a text");
		return this.json.getString();
	}

	void require(JsonToken token, String expected) {
		if (this.json.currentToken() != token) {
			throw new IllegalArgumentException(
					"%s was expected instead of %s".formatted(expected, this.json.currentToken()));
		}
	}

	/**
	 * Reads a value.
	 * @param declared the form of an untagged value, or null if any type is possible
	 * @return the value
	 * @throws ReflectiveOperationException if an object cannot be created
	 */
	@Nullable Object read(@Nullable Form declared) throws ReflectiveOperationException {
		JsonToken token = this.json.currentToken();
		if (token == JsonToken.VALUE_NULL) {
			return null;
		}
		if (token == JsonToken.START_OBJECT) {
			String name = this.json.nextName();
			if (name != null && name.startsWith(StorableTypes.TAG)) {
				return readTagged(this.types.tagged(name));
			}
		}
		return ((declared != null) ? declared : undeclared(token)).reader().read(this);
	}

	private Object readTagged(Form form) throws ReflectiveOperationException {
		if (this.json.nextToken() == JsonToken.START_OBJECT) {
			this.json.nextToken();
		}
		Object value = form.reader().read(this);
		this.json.nextToken();
		require(JsonToken.END_OBJECT, "a single value with its tag");
		return value;
	}

	private Form undeclared(@Nullable JsonToken token) {
		if (token == null) {
			throw new IllegalArgumentException("it is empty");
		}
		return switch (token) {
			case START_OBJECT -> Containers.MAP;
			case START_ARRAY -> Containers.LIST;
			case VALUE_STRING -> this.types.formOf(String.class);
			case VALUE_NUMBER_INT -> this.types.formOf(Integer.class);
			case VALUE_NUMBER_FLOAT -> this.types.formOf(Double.class);
			case VALUE_TRUE, VALUE_FALSE -> this.types.formOf(Boolean.class);
			default -> throw new IllegalArgumentException("%s is not the beginning of a value".formatted(token));
		};
	}

}
