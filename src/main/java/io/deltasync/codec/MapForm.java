package io.deltasync.codec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;

/**
 * The form of all maps, which are read as linked hash maps. Maps with text keys are
 * stored as a JSON object. Maps with other keys, or with texts that look like tags, are
 * stored as <code>{"@map":[[key,value]]}</code>. Unordered maps are sorted by the texts
 * of their keys, so that equal maps have equal texts.
 */
final class MapForm implements Form {

	private static final String NAME = "@map";

	@Override
	public String tag() {
		return NAME;
	}

	@Override
	public boolean speaksForItself(Object value) {
		return true;
	}

	@Override
	public void write(Object value, ValueWriter out) throws ReflectiveOperationException {
		Map<?, ?> map = (Map<?, ?>) value;
		boolean ordered = map instanceof LinkedHashMap || map instanceof SortedMap || map.size() < 2;
		if (map.keySet().stream().allMatch(MapForm::isName)) {
			writeObject(ordered ? map : new TreeMap<>(map), out);
		}
		else {
			writePairs(map, ordered, out);
		}
	}

	private static boolean isName(@Nullable Object key) {
		return key instanceof String name && !name.startsWith(StorableTypes.TAG);
	}

	private static void writeObject(Map<?, ?> map, ValueWriter out) throws ReflectiveOperationException {
		JsonGenerator json = out.json();
		json.writeStartObject();
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			json.writeName((String) entry.getKey());
			out.write(entry.getValue(), null);
		}
		json.writeEndObject();
	}

	private static void writePairs(Map<?, ?> map, boolean ordered, ValueWriter out)
			throws ReflectiveOperationException {
		Map<String, @Nullable Object> byKeyText = ordered ? new LinkedHashMap<>() : new TreeMap<>();
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			byKeyText.put(out.textOf(entry.getKey()), entry.getValue());
		}
		JsonGenerator json = out.json();
		json.writeStartObject();
		json.writeName(NAME);
		json.writeStartArray();
		for (Map.Entry<String, @Nullable Object> entry : byKeyText.entrySet()) {
			json.writeStartArray();
			json.writeRawValue(entry.getKey());
			out.write(entry.getValue(), null);
			json.writeEndArray();
		}
		json.writeEndArray();
		json.writeEndObject();
	}

	@Override
	public Object read(ValueReader in) throws ReflectiveOperationException {
		Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
		if (in.json().currentToken() == JsonToken.START_ARRAY) {
			while (in.json().nextToken() != JsonToken.END_ARRAY) {
				in.require(JsonToken.START_ARRAY, Map.class);
				in.json().nextToken();
				Object key = in.read(null);
				in.json().nextToken();
				put(map, key, in.read(null));
				in.json().nextToken();
				in.require(JsonToken.END_ARRAY, Map.class);
			}
			return map;
		}
		while (in.json().currentToken() == JsonToken.PROPERTY_NAME) {
			String key = in.json().currentName();
			in.json().nextToken();
			put(map, key, in.read(null));
			in.json().nextToken();
		}
		in.require(JsonToken.END_OBJECT, Map.class);
		return map;
	}

	private static void put(Map<@Nullable Object, @Nullable Object> map, @Nullable Object key, @Nullable Object value) {
		if (map.containsKey(key)) {
			throw new IllegalArgumentException("a map has the key '%s' twice".formatted(key));
		}
		map.put(key, value);
	}

}
