package io.deltasync.codec;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;

/**
 * The forms of lists, sets, maps and arrays. The types of elements are stored with them,
 * whatever a field's type arguments say. Sets and maps without an order are sorted by
 * their texts, so that equal ones have equal texts.
 */
final class Containers {

	/** Lists, which are read as array lists. */
	static final Form LIST = new Form("@list", Form.PLAIN, Containers::writeList, (in) -> elements(in, null));

	/** Sets, which are read as linked hash sets. */
	static final Form SET = new Form("@set", Form.TAGGED, Containers::writeSet, Containers::readSet);

	/**
	 * Maps, which are read as linked hash maps. Maps with text keys are a JSON object.
	 * Maps with other keys, or with texts that look like tags, are
	 * <code>{"@map":[[key,value]]}</code>.
	 */
	static final Form MAP = new Form("@map", Form.PLAIN, Containers::writeMap, Containers::readMap);

	private Containers() {
	}

	static @Nullable Form of(Class<?> type) {
		if (List.class.isAssignableFrom(type)) {
			return LIST;
		}
		if (Set.class.isAssignableFrom(type)) {
			return SET;
		}
		return Map.class.isAssignableFrom(type) ? MAP : null;
	}

	/**
	 * Creates the form of arrays, which are stored only in fields that declare them.
	 * @param component the declared type of the elements
	 * @param types the forms of the elements
	 * @return the form
	 */
	static Form ofArrays(Class<?> component, StorableTypes types) {
		return new Form(null, Form.TAGGED, (array, out) -> {
			Form declared = types.declared(component);
			out.json().writeStartArray();
			for (int index = 0; index < Array.getLength(array); index++) {
				out.write(Array.get(array, index), declared);
			}
			out.json().writeEndArray();
		}, (in) -> {
			List<@Nullable Object> elements = elements(in, types.declared(component));
			Object array = Array.newInstance(component, elements.size());
			for (int index = 0; index < elements.size(); index++) {
				Array.set(array, index, elements.get(index));
			}
			return array;
		});
	}

	private static List<@Nullable Object> elements(ValueReader in, @Nullable Form declared)
			throws ReflectiveOperationException {
		in.require(JsonToken.START_ARRAY, "a list");
		List<@Nullable Object> elements = new ArrayList<>();
		while (in.json().nextToken() != JsonToken.END_ARRAY) {
			elements.add(in.read(declared));
		}
		return elements;
	}

	private static void writeList(Object list, ValueWriter out) throws ReflectiveOperationException {
		out.json().writeStartArray();
		for (Object element : (List<?>) list) {
			out.write(element, null);
		}
		out.json().writeEndArray();
	}

	private static void writeSet(Object value, ValueWriter out) throws ReflectiveOperationException {
		Set<?> set = (Set<?>) value;
		List<String> texts = new ArrayList<>(set.size());
		for (Object element : set) {
			texts.add(out.textOf(element));
		}
		if (!(set instanceof LinkedHashSet || set instanceof SortedSet)) {
			Collections.sort(texts);
		}
		out.json().writeStartArray();
		texts.forEach(out.json()::writeRawValue);
		out.json().writeEndArray();
	}

	private static Object readSet(ValueReader in) throws ReflectiveOperationException {
		List<@Nullable Object> elements = elements(in, null);
		Set<@Nullable Object> set = new LinkedHashSet<>(elements);
		if (set.size() < elements.size()) {
			throw new IllegalArgumentException("a set has an element twice");
		}
		return set;
	}

	private static void writeMap(Object value, ValueWriter out) throws ReflectiveOperationException {
		Map<?, ?> map = (Map<?, ?>) value;
		boolean ordered = map instanceof LinkedHashMap || map instanceof SortedMap || map.size() < 2;
		JsonGenerator json = out.json();
		json.writeStartObject();
		if (map.keySet().stream().allMatch(Containers::isName)) {
			for (Map.Entry<?, ?> entry : (ordered ? map : new TreeMap<>(map)).entrySet()) {
				json.writeName((String) entry.getKey());
				out.write(entry.getValue(), null);
			}
		}
		else {
			json.writeName("@map");
			writePairs(map, ordered, out);
		}
		json.writeEndObject();
	}

	private static boolean isName(@Nullable Object key) {
		return key instanceof String name && !name.startsWith(StorableTypes.TAG);
	}

	private static void writePairs(Map<?, ?> map, boolean ordered, ValueWriter out)
			throws ReflectiveOperationException {
		Map<String, @Nullable Object> byKeyText = ordered ? new LinkedHashMap<>() : new TreeMap<>();
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			byKeyText.put(out.textOf(entry.getKey()), entry.getValue());
		}
		JsonGenerator json = out.json();
		json.writeStartArray();
		for (Map.Entry<String, @Nullable Object> entry : byKeyText.entrySet()) {
			json.writeStartArray();
			json.writeRawValue(entry.getKey());
			out.write(entry.getValue(), null);
			json.writeEndArray();
		}
		json.writeEndArray();
	}

	private static Object readMap(ValueReader in) throws ReflectiveOperationException {
		Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
		if (in.json().currentToken() == JsonToken.START_ARRAY) {
			for (Object pair : elements(in, LIST)) {
				if (!(pair instanceof List<?> entry) || entry.size() != 2) {
					throw new IllegalArgumentException("'%s' is not a key and its value".formatted(pair));
				}
				put(map, entry.get(0), entry.get(1));
			}
			return map;
		}
		while (in.json().currentToken() == JsonToken.PROPERTY_NAME) {
			String key = in.json().currentName();
			in.json().nextToken();
			put(map, key, in.read(null));
			in.json().nextToken();
		}
		in.require(JsonToken.END_OBJECT, "a map");
		return map;
	}

	private static void put(Map<@Nullable Object, @Nullable Object> map, @Nullable Object key, @Nullable Object value) {
		if (map.containsKey(key)) {
			throw new IllegalArgumentException("a map has the key '%s' twice".formatted(key));
		}
		map.put(key, value);
	}

}
