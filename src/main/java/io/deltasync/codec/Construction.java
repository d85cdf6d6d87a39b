package io.deltasync.codec;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * The constructor of a scope's object and the fields whose values it receives. For a
 * plain class this is the constructor with the most parameters that match fields: by name
 * if the parameters' names were compiled in, otherwise each parameter receives the first
 * unused field of its type. A wrong guess does no harm, since the fields are set
 * afterwards.
 *
 * @param constructor the constructor
 * @param slots the index of the field for each parameter
 * @param inner whether the adapter is the first argument, as for its inner classes
 */
@SuppressWarnings("ArrayRecordComponent")
record Construction(Constructor<?> constructor, int[] slots, boolean inner) {

	/**
	 * Chooses a constructor.
	 * @param type the class to instantiate
	 * @param slots its fields
	 * @param adapter the class of the adapter, which may be the enclosing class
	 * @return the constructor to use
	 * @throws IllegalArgumentException if there is no suitable constructor
	 */
	static Construction of(Class<?> type, List<Slot> slots, Class<?> adapter) {
		Construction chosen = type.isRecord() ? canonical(type) : best(type, slots, isInner(type, adapter));
		if (chosen == null) {
			throw new IllegalArgumentException(
					"%s has no constructor with its fields or without parameters".formatted(type.getName()));
		}
		chosen.constructor.setAccessible(true);
		return chosen;
	}

	private static Construction canonical(Class<?> type) {
		Class<?>[] components = Stream.of(type.getRecordComponents())
			.map(RecordComponent::getType)
			.toArray(Class<?>[]::new);
		try {
			return new Construction(type.getDeclaredConstructor(components),
					IntStream.range(0, components.length).toArray(), false);
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean isInner(Class<?> type, Class<?> adapter) {
		if (!type.isMemberClass() || Modifier.isStatic(type.getModifiers())) {
			return false;
		}
		if (!type.getDeclaringClass().isAssignableFrom(adapter)) {
			throw new IllegalArgumentException(
					"%s is an inner class of a class other than the adapter; make it static".formatted(type.getName()));
		}
		return true;
	}

	private static @Nullable Construction best(Class<?> type, List<Slot> slots, boolean inner) {
		return Stream.of(type.getDeclaredConstructors())
			.filter((constructor) -> !constructor.isSynthetic())
			// sorted, so that the choice is the same in every process
			.sorted(Comparator.comparing(Constructor::toString))
			.map((constructor) -> match(constructor, slots, inner))
			.filter(Objects::nonNull)
			.max(Comparator.comparingInt((match) -> match.slots().length))
			.orElse(null);
	}

	private static @Nullable Construction match(Constructor<?> constructor, List<Slot> slots, boolean inner) {
		List<Parameter> parameters = Arrays.asList(constructor.getParameters());
		List<Parameter> own = inner ? parameters.subList(1, parameters.size()) : parameters;
		int[] assigned = assign(own, slots,
				(parameter, slot) -> parameter.isNamePresent() && parameter.getName().equals(slot.name()));
		if (assigned == null) {
			assigned = assign(own, slots, (parameter, slot) -> true);
		}
		return (assigned != null) ? new Construction(constructor, assigned, inner) : null;
	}

	private static int @Nullable [] assign(List<Parameter> parameters, List<Slot> slots,
			BiPredicate<Parameter, Slot> fits) {
		int[] assigned = new int[parameters.size()];
		BitSet taken = new BitSet();
		for (int index = 0; index < assigned.length; index++) {
			Parameter parameter = parameters.get(index);
			Class<?> wanted = ClassUtils.resolvePrimitiveIfNecessary(parameter.getType());
			assigned[index] = IntStream.range(0, slots.size())
				.filter((slot) -> !taken.get(slot) && wanted.isAssignableFrom(slots.get(slot).type())
						&& fits.test(parameter, slots.get(slot)))
				.findFirst()
				.orElse(-1);
			if (assigned[index] < 0) {
				return null;
			}
			taken.set(assigned[index]);
		}
		return assigned;
	}

	Object construct(@Nullable Object[] values, Object adapter) throws ReflectiveOperationException {
		int first = this.inner ? 1 : 0;
		@Nullable Object[] arguments = new @Nullable Object[this.slots.length + first];
		if (this.inner) {
			arguments[0] = adapter;
		}
		for (int index = 0; index < this.slots.length; index++) {
			Object value = values[this.slots[index]];
			arguments[index + first] = (value != null) ? value : nothing(index + first);
		}
		return this.constructor.newInstance(arguments);
	}

	/**
	 * Returns the default for a parameter, which may be primitive even if its field is
	 * not.
	 */
	private @Nullable Object nothing(int parameter) {
		Class<?> type = this.constructor.getParameterTypes()[parameter];
		return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null;
	}

}
