package io.deltasync.codec;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * The form of arrays in fields that declare them. Elsewhere arrays are refused.
 *
 * @param component the declared type of the elements
 * @param types the forms of the elements
 */
record ArrayForm(Class<?> component, StorableTypes types) implements Form {

	@Override
	public @Nullable String tag() {
		return null;
	}

	@Override
	public void write(Object value, ValueWriter out) throws ReflectiveOperationException {
		Form declared = this.types.declared(this.component);
		out.json().writeStartArray();
		for (int index = 0; index < Array.getLength(value); index++) {
			out.write(Array.get(value, index), declared);
		}
		out.json().writeEndArray();
	}

	@Override
	public Object read(ValueReader in) throws ReflectiveOperationException {
		Form declared = this.types.declared(this.component);
		in.require(JsonToken.START_ARRAY, this.component.arrayType());
		List<@Nullable Object> elements = new ArrayList<>();
		while (in.json().nextToken() != JsonToken.END_ARRAY) {
			elements.add(in.read(declared));
		}
		Object array = Array.newInstance(this.component, elements.size());
		for (int index = 0; index < elements.size(); index++) {
			Array.set(array, index, elements.get(index));
		}
		return array;
	}

}
