package io.deltasync.codec;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.core.JsonToken;

/**
 * The form of all lists, which are read as array lists.
 */
final class ListForm implements Form {

	@Override
	public String tag() {
		return "@list";
	}

	@Override
	public boolean speaksForItself(Object value) {
		return true;
	}

	@Override
	public void write(Object value, ValueWriter out) throws ReflectiveOperationException {
		out.json().writeStartArray();
		for (Object element : (List<?>) value) {
			out.write(element, null);
		}
		out.json().writeEndArray();
	}

	@Override
	public Object read(ValueReader in) throws ReflectiveOperationException {
		in.require(JsonToken.START_ARRAY, List.class);
		List<Object> list = new ArrayList<>();
		while (in.json().nextToken() != JsonToken.END_ARRAY) {
			list.add(in.read(null));
		}
		return list;
	}

}
