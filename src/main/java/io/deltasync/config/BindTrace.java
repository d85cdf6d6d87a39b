package io.deltasync.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.core.convert.ConverterNotFoundException;

/**
 * Records the names that a binder asks for, finds and fails at, and lets it continue
 * after each failure, so that one binding finds all problems.
 */
final class BindTrace implements BindHandler {

	private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+");

	private final Set<ConfigurationPropertyName> asked = new LinkedHashSet<>();

	private final Set<ConfigurationPropertyName> single = new LinkedHashSet<>();

	private final Set<ConfigurationPropertyName> found = new LinkedHashSet<>();

	private final Map<ConfigurationPropertyName, Failure> failures = new LinkedHashMap<>();

	@Override
	public <T> @Nullable Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
		if (this.single.contains(name.getParent())) {
			// the binder treats a text with keys below it as a bean
			return null;
		}
		if (BeanUtils.isSimpleValueType(target.getType().resolve(Object.class))) {
			this.single.add(name);
		}
		this.asked.add(name);
		return target;
	}

	@Override
	public Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
		if (result instanceof Duration duration && !duration.isZero()
				&& target.getAnnotation(DurationUnit.class) == null && isWithoutUnit(name, context)) {
			throw new MissingUnitException();
		}
		if (!result.equals("")) {
			this.found.add(name);
		}
		return result;
	}

	@Override
	public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Exception error) {
		if (isBlank(name, context)) {
			return null;
		}
		this.failures.put(name, new Failure(target.getType().resolve(Object.class), error));
		return null;
	}

	/**
	 * Whether a duration has no unit. Spring Boot would assume milliseconds, which hardly
	 * anyone expects.
	 */
	private static boolean isWithoutUnit(ConfigurationPropertyName name, BindContext context) {
		String text = String.valueOf(context.getBinder().bind(name, Bindable.of(String.class)).orElse(""));
		return NUMBER.matcher(text.strip()).matches();
	}

	/** Whether a key has no value, so that it counts as not given, whatever its type. */
	private static boolean isBlank(ConfigurationPropertyName name, BindContext context) {
		for (ConfigurationPropertySource source : context.getSources()) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				return property.getValue().toString().isBlank();
			}
		}
		return false;
	}

	Set<ConfigurationPropertyName> asked() {
		return this.asked;
	}

	Set<ConfigurationPropertyName> found() {
		return this.found;
	}

	Map<ConfigurationPropertyName, Failure> failures() {
		return this.failures;
	}

	boolean hasFailed(ConfigurationPropertyName name) {
		return this.failures.keySet().stream().anyMatch((failed) -> failed.equals(name) || name.isAncestorOf(failed));
	}

	/**
	 * Returns the failures that are not caused by another failure below them.
	 * @return the failures by name
	 */
	Map<ConfigurationPropertyName, Failure> innermostFailures() {
		Map<ConfigurationPropertyName, Failure> innermost = new LinkedHashMap<>(this.failures);
		innermost.keySet().removeIf((name) -> this.failures.keySet().stream().anyMatch(name::isAncestorOf));
		return innermost;
	}

	/**
	 * Whether the binder asked for keys below a name, so that it is a group of keys, a
	 * list or a map rather than a single value.
	 * @param name a name
	 * @return true if it is a group
	 */
	boolean isGroup(ConfigurationPropertyName name) {
		return this.asked.stream().anyMatch(name::isAncestorOf);
	}

	/**
	 * A failure to bind one name.
	 * 
	 * @param type the type that the value should have been converted to
	 * @param error the exception
	 */
	record Failure(Class<?> type, Exception error) {

		/** Whether keys were expected, but there is a single value. */
		boolean isOfSingleValue() {
			return this.error instanceof ConverterNotFoundException;
		}

	}

}
