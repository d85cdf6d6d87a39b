package io.deltasync.codec;

import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.deltasync.api.SourceAdapter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The form of a record or plain class of the adapter, which stores its fields. Fields are
 * read directly, without getters, and set again after the constructor if it changed them.
 * Null fields are left out, so a field that was added after the text was stored reads as
 * null. Primitive fields must be present. Unknown fields are refused, since they may have
 * been renamed.
 */
final class ObjectForm implements Form {

	private final Class<?> type;

	private final String tag;

	private final List<Slot> slots;

	private final Map<String, Integer> byName = new HashMap<>();

	private final Construction construction;

	private ObjectForm(Class<?> type, String tag, List<Slot> slots, Construction construction) {
		this.type = type;
		this.tag = tag;
		this.slots = slots;
		this.construction = construction;
		for (Slot slot : slots) {
			if (this.byName.put(slot.name(), this.byName.size()) != null) {
				throw new IllegalArgumentException(
						"%s and its superclass both have a field '%s'".formatted(type.getName(), slot.name()));
			}
		}
	}

	/** Whether objects of exactly this class can exist. */
	static boolean isMade(Class<?> type) {
		return !Modifier.isAbstract(type.getModifiers()) && !type.isPrimitive();
	}

	/**
	 * Creates the form of a class.
	 * @param type a class of the adapter
	 * @param tag its tag in stored scopes
	 * @param types the forms of its fields
	 * @param adapter the class of the adapter
	 * @return its form
	 * @throws IllegalArgumentException if its objects cannot be rebuilt from their fields
	 */
	static ObjectForm of(Class<?> type, String tag, StorableTypes types, Class<?> adapter) {
		if (!isMade(type) || type.isAnonymousClass() || type.isHidden() || type.isSynthetic()
				|| SourceAdapter.class.isAssignableFrom(type)) {
			throw new IllegalArgumentException(
					"%s is abstract, anonymous, a lambda or an adapter".formatted(type.getName()));
		}
		List<Slot> slots = Slot.allOf(type, types, adapter);
		return new ObjectForm(type, tag, slots, Construction.of(type, slots, adapter));
	}

	@Override
	public String tag() {
		return this.tag;
	}

	@Override
	public void write(Object value, ValueWriter out) throws ReflectiveOperationException {
		JsonGenerator json = out.json();
		json.writeStartObject();
		for (Slot slot : this.slots) {
			Object held = slot.get(value);
			if (held != null) {
				json.writeName(slot.name());
				out.write(held, slot.declared());
			}
		}
		json.writeEndObject();
	}

	@Override
	public Object read(ValueReader in) throws ReflectiveOperationException {
		@Nullable Object[] values = new @Nullable Object[this.slots.size()];
		JsonParser json = in.json();
		while (json.currentToken() == JsonToken.PROPERTY_NAME) {
			int position = position(json.currentName(), values);
			Slot slot = this.slots.get(position);
			json.nextToken();
			values[position] = slot.fit(in.read(slot.declared()));
			json.nextToken();
		}
		in.require(JsonToken.END_OBJECT, this.type);
		return make(values, in.adapter());
	}

	private int position(String name, @Nullable Object[] values) {
		Integer position = this.byName.get(name);
		if (position == null) {
			throw new IllegalArgumentException("%s has no field '%s'".formatted(this.type.getName(), name));
		}
		if (values[position] != null) {
			throw new IllegalArgumentException("the field '%s' is there twice".formatted(name));
		}
		return position;
	}

	private Object make(@Nullable Object[] values, SourceAdapter adapter) throws ReflectiveOperationException {
		for (int position = 0; position < values.length; position++) {
			if (values[position] == null && this.slots.get(position).isPrimitive()) {
				throw new IllegalArgumentException("the field '%s' of %s is missing"
					.formatted(this.slots.get(position).name(), this.type.getName()));
			}
		}
		Object made = this.construction.construct(values, adapter);
		if (!this.type.isRecord()) {
			for (int position = 0; position < values.length; position++) {
				this.slots.get(position).set(made, values[position]);
			}
		}
		return made;
	}

}
