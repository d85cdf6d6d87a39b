package io.deltasync.expression;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.cel.common.types.CelType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelUnknownSet;
import io.deltasync.api.AbortRunException;
import io.deltasync.config.NearestName;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression. Immutable and thread-safe.
 */
public final class Expression {

	private final String text;

	private final CelRuntime.Program program;

	private final CelType type;

	private final Set<String> names;

	private final Set<String> optionalNames;

	Expression(String text, CelRuntime.Program program, CelType type, Set<String> names, Set<String> optionalNames) {
		this.text = text;
		this.program = program;
		this.type = type;
		this.names = names;
		this.optionalNames = optionalNames;
	}

	/**
	 * Returns the properties that each record must have, as the expression spells them.
	 */
	public Set<String> names() {
		return this.names;
	}

	/** Returns all properties that the expression may read. */
	public Set<String> sources() {
		return Stream.concat(this.names.stream(), this.optionalNames.stream()).collect(Collectors.toUnmodifiableSet());
	}

	/** Whether the result may be true or false. */
	public boolean isCondition() {
		return this.type.equals(Types.BOOLEAN) || this.type.equals(Types.ANY);
	}

	/**
	 * Whether some properties are all that the expression reads.
	 * @param properties the properties of a record
	 */
	public boolean isComputable(Map<String, @Nullable Object> properties) {
		return sources().stream().allMatch((name) -> GivenName.in(properties.keySet(), name) != null);
	}

	/**
	 * Computes the value for a record.
	 * @param properties the properties of the record
	 * @return a text, a {@link java.math.BigDecimal}, a Boolean, a time of
	 * {@code java.time}, a list or a map; null if it is null
	 * @throws ExpressionException if there is none; the message is a clause that contains
	 * no values
	 * @throws AbortRunException if the record lacks a property
	 */
	public @Nullable Object evaluate(Map<String, @Nullable Object> properties) {
		try {
			Object result = this.program.eval((name) -> Optional.of(variable(name, properties)));
			if (result instanceof CelUnknownSet) {
				throw new ExpressionException("a value is not known");
			}
			return Values.from(result);
		}
		catch (CelEvaluationException | RuntimeException ex) {
			throw failure(ex, properties);
		}
	}

	private Object variable(String name, Map<String, @Nullable Object> properties) {
		if (name.equals(Syntax.RECORD)) {
			Map<String, Object> values = new LinkedHashMap<>();
			this.optionalNames.forEach((each) -> {
				String given = GivenName.in(properties.keySet(), each);
				values.put(each, Values.of((given != null) ? properties.get(given) : null));
			});
			return values;
		}
		String given = GivenName.in(properties.keySet(), name);
		if (given == null) {
			throw new MissingPropertyException(
					"the expression '%s' reads the property '%s', but the source has no such property%s. It has: %s"
						.formatted(this.text, name, NearestName.hint(name, properties.keySet()),
								String.join(", ", properties.keySet())));
		}
		return Values.of(properties.get(given));
	}

	private RuntimeException failure(Exception failure, Map<String, @Nullable Object> properties) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof AbortRunException abort) {
				return abort;
			}
			if (cause instanceof ExpressionException mistake) {
				return new ExpressionException(mistake.getMessage() + types(properties));
			}
		}
		// its message may contain values of the record
		return new ExpressionException(IssueText.ofValues(String.valueOf(failure.getMessage())) + types(properties));
	}

	/** Returns the types of the values that the expression reads. */
	private String types(Map<String, @Nullable Object> properties) {
		String types = sources().stream().sorted().map((name) -> {
			String given = GivenName.in(properties.keySet(), name);
			return "%s is %s".formatted(name, (given != null) ? Types.word(properties.get(given)) : "missing");
		}).collect(Collectors.joining(", "));
		return types.isEmpty() ? "" : " (%s)".formatted(types);
	}

	@Override
	public String toString() {
		return this.text;
	}

}
