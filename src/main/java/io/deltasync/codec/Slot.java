package io.deltasync.codec;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * A field of a scope's class. Thread-safe.
 */
final class Slot {

	private final Field field;

	private final Class<?> boxed;

	private final StorableTypes types;

	private volatile boolean resolved;

	private @Nullable Form declared;

	Slot(Field field, StorableTypes types) {
		field.setAccessible(true);
		this.field = field;
		this.boxed = ClassUtils.resolvePrimitiveIfNecessary(field.getType());
		this.types = types;
	}

	/**
	 * Returns the stored fields of a class.
	 * @param type the class
	 * @param types the forms of their values
	 * @param adapter the class of the adapter
	 * @return the fields, those of superclasses first
	 * @throws IllegalArgumentException if its objects have state besides these fields
	 */
	static List<Slot> allOf(Class<?> type, StorableTypes types, Class<?> adapter) {
		List<Slot> slots = new ArrayList<>();
		if (type == Object.class || type == Record.class) {
			return slots;
		}
		if (AdapterHome.isJdk(type)) {
			throw new IllegalArgumentException("its class extends %s".formatted(type.getName()));
		}
		slots.addAll(allOf(type.getSuperclass(), types, adapter));
		for (Field field : type.getDeclaredFields()) {
			if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) != 0) {
				continue;
			}
			if (!field.isSynthetic()) {
				slots.add(new Slot(field, types));
			}
			else if (!field.getType().isAssignableFrom(adapter)) {
				throw new IllegalArgumentException(
						"%s uses variables of its enclosing method".formatted(type.getName()));
			}
		}
		return slots;
	}

	String name() {
		return this.field.getName();
	}

	/** Returns the field's type, boxed if it is primitive. */
	Class<?> type() {
		return this.boxed;
	}

	boolean isPrimitive() {
		return this.field.getType().isPrimitive();
	}

	/**
	 * Returns the form that the field declares. Determined at the first call, since a
	 * class may have fields of its own type.
	 */
	@Nullable Form declared() {
		if (!this.resolved) {
			this.declared = this.types.declared(this.field.getType());
			this.resolved = true;
		}
		return this.declared;
	}

	@Nullable Object get(Object owner) throws IllegalAccessException {
		return this.field.get(owner);
	}

	/** Sets the field, unless the constructor already did. */
	void set(Object owner, @Nullable Object value) throws IllegalAccessException {
		Object present = this.field.get(owner);
		if (present != value && !(isPrimitive() && Objects.equals(present, value))) {
			this.field.set(owner, value);
		}
	}

	/**
	 * Converts a value that was read to the field's type.
	 * @param value the value
	 * @return the value, or the same elements in the collection type that the field
	 * declares
	 * @throws IllegalArgumentException if the value does not fit this field
	 */
	@Nullable Object fit(@Nullable Object value) {
		Object fitting = (value == null || this.boxed.isInstance(value)) ? value : collection(value);
		if (fitting == null && (value != null || isPrimitive())) {
			throw new IllegalArgumentException("%s cannot be in the field %s".formatted(value, this.field));
		}
		return fitting;
	}

	@SuppressWarnings("JdkObsolete")
	private @Nullable Object collection(Object value) {
		if (value instanceof List<?> list && this.boxed == LinkedList.class) {
			return new LinkedList<>(list);
		}
		if (value instanceof LinkedHashSet<?> set && this.boxed.isAssignableFrom(TreeSet.class)) {
			return new TreeSet<>((Set<?>) set);
		}
		if (value instanceof LinkedHashMap<?, ?> map && this.boxed.isAssignableFrom(TreeMap.class)) {
			return new TreeMap<>((Map<?, ?>) map);
		}
		return null;
	}

}
