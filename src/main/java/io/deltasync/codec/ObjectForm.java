package io.deltasync.codec;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.deltasync.api.SourceAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.objenesis.instantiator.ObjectInstantiator;
import org.springframework.objenesis.strategy.StdInstantiatorStrategy;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The form of a record or plain class of the adapter, which stores its fields, those of
 * superclasses first. Null fields are left out, so a field that was added after the text
 * was stored reads as null. Primitive fields must be present. Unknown fields are refused,
 * since they may have been renamed.
 * <p>
 * Records are created by their constructor, plain classes by the one without parameters
 * or, if there is none, without a constructor. Their fields are set directly.
 */
final class ObjectForm {

	private final Class<?> type;

	private final List<Slot> slots = new ArrayList<>();

	private final Map<String, Integer> positions = new HashMap<>();

	/** The fields in which an inner class holds the adapter. */
	private final List<Field> adapters = new ArrayList<>();

	private final Maker maker;

	private ObjectForm(Class<?> type, StorableTypes types) {
		this.type = type;
		addFields(type, types);
		this.maker = maker(type);
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
	 * @return its form
	 * @throws IllegalArgumentException if its objects cannot be rebuilt from their fields
	 */
	static Form of(Class<?> type, String tag, StorableTypes types) {
		if (!isMade(type) || type.isAnonymousClass() || SourceAdapter.class.isAssignableFrom(type)) {
			throw new IllegalArgumentException("%s is abstract, anonymous or an adapter".formatted(type.getName()));
		}
		ObjectForm form = new ObjectForm(type, types);
		return new Form(tag, Form.TAGGED, form::write, form::read);
	}

	private void addFields(Class<?> owner, StorableTypes types) {
		if (owner == Object.class || owner == Record.class) {
			return;
		}
		if (AdapterHome.isJdk(owner)) {
			throw new IllegalArgumentException("its class extends %s".formatted(owner.getName()));
		}
		addFields(owner.getSuperclass(), types);
		for (Field field : owner.getDeclaredFields()) {
			if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) != 0) {
				continue;
			}
			field.setAccessible(true);
			if (!field.isSynthetic()) {
				add(new Slot(field, types));
			}
			else if (owner.isMemberClass() && types.isAdapter(field.getType())) {
				this.adapters.add(field);
			}
			else {
				throw new IllegalArgumentException(("%s is an inner class of another class than the adapter, or uses "
						+ "variables of its enclosing method; make it a record")
					.formatted(owner.getName()));
			}
		}
	}

	private void add(Slot slot) {
		if (this.positions.put(slot.name(), this.slots.size()) != null) {
			throw new IllegalArgumentException(
					"%s and its superclass both have a field '%s'".formatted(this.type.getName(), slot.name()));
		}
		this.slots.add(slot);
	}

	private static Maker maker(Class<?> type) {
		Class<?>[] parameters = !type.isRecord() ? new Class<?>[0]
				: Stream.of(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class<?>[]::new);
		try {
			Constructor<?> constructor = type.getDeclaredConstructor(parameters);
			constructor.setAccessible(true);
			return constructor::newInstance;
		}
		catch (NoSuchMethodException ex) {
			ObjectInstantiator<?> instantiator = new StdInstantiatorStrategy().newInstantiatorOf(type);
			return (values) -> instantiator.newInstance();
		}
	}

	private void write(Object value, ValueWriter out) throws ReflectiveOperationException {
		JsonGenerator json = out.json();
		json.writeStartObject();
		for (Slot slot : this.slots) {
			Object held = slot.field().get(value);
			if (held != null) {
				json.writeName(slot.name());
				out.write(held, slot.declared());
			}
		}
		json.writeEndObject();
	}

	private Object read(ValueReader in) throws ReflectiveOperationException {
		@Nullable Object[] values = new @Nullable Object[this.slots.size()];
		JsonParser json = in.json();
		while (json.currentToken() == JsonToken.PROPERTY_NAME) {
			int position = position(json.currentName());
			if (values[position] != null) {
				throw new IllegalArgumentException("the field '%s' is there twice".formatted(json.currentName()));
			}
			json.nextToken();
			values[position] = in.read(this.slots.get(position).declared());
			json.nextToken();
		}
		in.require(JsonToken.END_OBJECT, this.type.getName());
		for (int position = 0; position < values.length; position++) {
			values[position] = this.slots.get(position).fit(values[position]);
		}
		return this.type.isRecord() ? this.maker.make(values) : withFields(this.maker.make(), values, in);
	}

	private int position(String name) {
		Integer position = this.positions.get(name);
		if (position == null) {
			throw new IllegalArgumentException("%s has no field '%s'".formatted(this.type.getName(), name));
		}
		return position;
	}

	private Object withFields(Object made, @Nullable Object[] values, ValueReader in) throws IllegalAccessException {
		for (int position = 0; position < values.length; position++) {
			this.slots.get(position).field().set(made, values[position]);
		}
		for (Field field : this.adapters) {
			field.set(made, in.adapter());
		}
		return made;
	}

	/** Creates objects; the arguments are the values of a record. */
	private interface Maker {

		Object make(@Nullable Object... values) throws ReflectiveOperationException;

	}

}
