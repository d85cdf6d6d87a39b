package io.deltasync.codec;

import java.util.function.Supplier;

import io.deltasync.api.SourceAdapter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * Reads one scope. One thread's.
 */
final class ValueReader {

	private final StorableTypes types;

	private final Supplier<SourceAdapter> adapter;

	private final JsonParser json;

	private ValueReader(StorableTypes types, Supplier<SourceAdapter> adapter, JsonParser json) {
		this.types = types;
		this.adapter = adapter;
		this.json = json;
	}

	/**
	 * Reads a scope.
	 * @param text what {@link ValueWriter} wrote
	 * @param types what it may be made of
	 * @param adapter gives the adapter, for scopes that are inner classes of it
	 * @return the scope
	 * @throws ReflectiveOperationException when an object cannot be made
	 */
	static Object read(String text, StorableTypes types, Supplier<SourceAdapter> adapter)
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
		return this.adapter.get();
	}

	JsonParser json() {
		return this.json;
	}

	void require(JsonToken token, Class<?> type) {
		if (this.json.currentToken() != token) {
			throw new IllegalArgumentException(
					"%s is not what a %s looks like".formatted(this.json.currentToken(), type.getName()));
		}
	}

	/**
	 * Reads a value.
	 * @param declared the form that it has unless it says otherwise, or null where any
	 * value may be
	 * @return the value
	 * @throws ReflectiveOperationException when an object cannot be made
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
		return ((declared != null) ? declared : undeclared(token)).read(this);
	}

	private Object readTagged(Form form) throws ReflectiveOperationException {
		if (this.json.nextToken() == JsonToken.START_OBJECT) {
			this.json.nextToken();
		}
		Object value = form.read(this);
		this.json.nextToken();
		require(JsonToken.END_OBJECT, value.getClass());
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
