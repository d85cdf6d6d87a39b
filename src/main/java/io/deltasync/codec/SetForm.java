package io.deltasync.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

import tools.jackson.core.JsonToken;

/**
 * The form of all sets, which are read as linked hash sets. Unordered sets are sorted by
 * the texts of their elements, so that equal sets have equal texts.
 */
final class SetForm implements Form {

	@Override
	public String tag() {
		return "@set";
	}

	@Override
	public void write(Object value, ValueWriter out) throws ReflectiveOperationException {
		Set<?> set = (Set<?>) value;
		out.json().writeStartArray();
		if (set instanceof LinkedHashSet || set instanceof SortedSet || set.size() < 2) {
			for (Object element : set) {
				out.write(element, null);
			}
		}
		else {
			List<String> texts = new ArrayList<>(set.size());
			for (Object element : set) {
				texts.add(out.textOf(element));
			}
			Collections.sort(texts);
			texts.forEach(out.json()::writeRawValue);
		}
		out.json().writeEndArray();
	}

	@Override
	public Object read(ValueReader in) throws ReflectiveOperationException {
		in.require(JsonToken.START_ARRAY, Set.class);
		Set<Object> set = new LinkedHashSet<>();
		while (in.json().nextToken() != JsonToken.END_ARRAY) {
			if (!set.add(in.read(null))) {
				throw new IllegalArgumentException("a set has an element twice");
			}
		}
		return set;
	}

}
