package io.deltasync.expression;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelFunctionBinding;
import org.jspecify.annotations.Nullable;

/**
 * A function or an operator of expressions. Immutable.
 *
 * @param declaration its name and types
 * @param binding its code
 */
record Function(CelFunctionDecl declaration, CelFunctionBinding binding) {

	/**
	 * Creates a function that is called on its first argument, such as
	 * {@code name.trim()}. It is null if that is null.
	 * @param name its name
	 * @param result the type of its result
	 * @param body its code
	 * @param types the types of its arguments
	 */
	static Function on(String name, CelType result, Body body, CelType... types) {
		String id = "on_" + name;
		return new Function(
				CelFunctionDecl.newFunctionDeclaration(name,
						CelOverloadDecl.newMemberOverload(id, result, Arrays.asList(types))),
				binding(id, types.length,
						(arguments) -> Types.isNull(arguments[0]) ? null : body.apply(new Arguments(name, arguments))));
	}

	/** Creates a function such as {@code default(a, b)}, which may receive null. */
	static Function global(String name, CelType result, Body body, CelType... types) {
		return new Function(
				CelFunctionDecl.newFunctionDeclaration(name,
						CelOverloadDecl.newGlobalOverload(name, result, Arrays.asList(types))),
				binding(name, types.length, (arguments) -> body.apply(new Arguments(name, arguments))));
	}

	// the bodies keep no state that changes
	@SuppressWarnings("Immutable")
	private static CelFunctionBinding binding(String id, int arguments, Raw body) {
		List<Class<?>> any = Collections.nCopies(arguments, Object.class);
		return CelFunctionBinding.from(id, any, (values) -> {
			Object result = body.apply(values);
			return (result != null) ? result : NullValue.NULL_VALUE;
		});
	}

	private interface Raw {

		@Nullable Object apply(Object[] arguments);

	}

	interface Body {

		@Nullable Object apply(Arguments arguments);

	}

	/**
	 * The arguments of a call.
	 *
	 * @param function the name of the function
	 * @param values the values
	 */
	record Arguments(String function, Object[] values) {

		Object any(int index) {
			return this.values[index];
		}

		boolean isNull(int index) {
			return Types.isNull(this.values[index]);
		}

		String text(int index) {
			return as(index, String.class, "a text");
		}

		Decimal number(int index) {
			return as(index, Decimal.class, "a number");
		}

		int whole(int index) {
			return number(index).whole();
		}

		<T> T as(int index, Class<T> type, String word) {
			if (type.isInstance(this.values[index])) {
				return type.cast(this.values[index]);
			}
			throw new ExpressionException(
					"%s() takes %s, not %s".formatted(this.function, word, Types.word(this.values[index])));
		}

	}

}
