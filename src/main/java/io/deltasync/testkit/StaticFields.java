package io.deltasync.testkit;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The values of an adapter's non-final static fields before a call. State in such a field
 * works in a test, which has one process and one Link, but fails as soon as two Links use
 * the adapter or a run is restarted.
 */
final class StaticFields {

	private final String role;

	private final Class<?> adapter;

	private final Map<Field, @Nullable Object> before;

	private StaticFields(String role, Class<?> adapter, Map<Field, @Nullable Object> before) {
		this.role = role;
		this.adapter = adapter;
		this.before = before;
	}

	static StaticFields of(String role, Class<?> adapter) {
		Map<Field, @Nullable Object> values = new LinkedHashMap<>();
		for (Class<?> type = adapter; type != null && type != Object.class; type = type.getSuperclass()) {
			for (Field field : type.getDeclaredFields()) {
				boolean assignable = Modifier.isStatic(field.getModifiers()) && !Modifier.isFinal(field.getModifiers());
				// coverage tools add synthetic fields
				if (assignable && !field.isSynthetic() && field.trySetAccessible()) {
					values.put(field, valueOf(field));
				}
			}
		}
		return new StaticFields(role, adapter, values);
	}

	void requireUnchanged(String method) {
		this.before.forEach((field, value) -> {
			if (!Objects.equals(value, valueOf(field))) {
				throw new AssertionError(("%s of %s %s assigned its static field '%s'; runs of other Links "
						+ "share that field, and a restarted run does not find it. Put what a scope needs into the "
						+ "scope; what all runs share on purpose belongs in a final field")
					.formatted(method, this.role, this.adapter.getName(), field.getName()));
			}
		});
	}

	private static @Nullable Object valueOf(Field field) {
		try {
			return field.get(null);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
