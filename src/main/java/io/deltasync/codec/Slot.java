package io.deltasync.codec;

import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * A stored field. Thread-safe.
 */
final class Slot {

	private final Field field;

	private final Class<?> boxed;

	private final StorableTypes types;

	private volatile boolean resolved;

	private @Nullable Form declared;

	Slot(Field field, StorableTypes types) {
		this.field = field;
		this.boxed = ClassUtils.resolvePrimitiveIfNecessary(field.getType());
		this.types = types;
	}

	String name() {
		return this.field.getName();
	}

	Field field() {
		return this.field;
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

	/**
	 * Converts a value that was read to the field's type.
	 * @param value the value, or null if the stored text has none
	 * @return the value, or the same elements in the collection type that the field
	 * declares
	 * @throws IllegalArgumentException if the value does not fit this field
	 */
	@Nullable Object fit(@Nullable Object value) {
		if (value == null) {
			if (this.field.getType().isPrimitive()) {
				throw new IllegalArgumentException(
						"the field '%s' of %s is missing".formatted(name(), this.field.getDeclaringClass().getName()));
			}
			return null;
		}
		return this.boxed.isInstance(value) ? value : collection(value);
	}

	@SuppressWarnings("JdkObsolete")
	private Object collection(Object value) {
		if (value instanceof List<?> list && this.boxed == LinkedList.class) {
			return new LinkedList<>(list);
		}
		if (value instanceof LinkedHashSet<?> set && this.boxed.isAssignableFrom(TreeSet.class)) {
			return new TreeSet<>((Set<?>) set);
		}
		if (value instanceof LinkedHashMap<?, ?> map && this.boxed.isAssignableFrom(TreeMap.class)) {
			return new TreeMap<>((Map<?, ?>) map);
		}
		throw new IllegalArgumentException("%s cannot be in the field %s".formatted(value, this.field));
	}

}
