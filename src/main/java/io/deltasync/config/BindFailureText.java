package io.deltasync.config;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.convert.ConversionException;
import org.springframework.util.ClassUtils;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.util.unit.DataSize;

/**
 * Describes why a value could not be bound.
 */
final class BindFailureText {

	private static final Set<Class<?>> WHOLE_NUMBERS = Set.of(Byte.class, Short.class, Integer.class, Long.class);

	static final String NOT_A_GROUP = "takes keys below it, but there is a single value";

	private BindFailureText() {
	}

	/**
	 * Describes a failure.
	 * @param key the key, which decides whether the value is a secret
	 * @param value the value as written; null if there is no single value
	 * @param failure the failure
	 * @return a sentence that shows the value unless it is a secret
	 */
	static String describe(String key, @Nullable Object value, BindTrace.Failure failure) {
		Throwable root = NestedExceptionUtils.getMostSpecificCause(failure.error());
		if (root instanceof PlaceholderResolutionException unresolved) {
			return "the placeholder ${%s} has no value; set it, or give a default: ${%s:…}"
				.formatted(unresolved.getPlaceholder(), unresolved.getPlaceholder());
		}
		if (failure.isOfSingleValue()) {
			return NOT_A_GROUP;
		}
		boolean secret = Secrets.isSecret(key);
		String shown = (secret || value == null) ? "the value" : "'" + Secrets.mask(value.toString()) + "'";
		if (root instanceof MissingUnitException) {
			return shown + " " + root.getMessage();
		}
		String reason = (secret || root.getMessage() == null) ? root.getClass().getSimpleName()
				: Secrets.mask(root.getMessage());
		if (value == null || !isConversion(failure.error())) {
			return reason;
		}
		return shown + " is " + expectation(ClassUtils.resolvePrimitiveIfNecessary(failure.type()), reason);
	}

	private static boolean isConversion(Throwable error) {
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (cause instanceof ConversionException) {
				return true;
			}
		}
		return false;
	}

	private static String expectation(Class<?> type, String reason) {
		if (type == Boolean.class) {
			return "neither true nor false";
		}
		if (WHOLE_NUMBERS.contains(type)) {
			return "not a whole number, or out of range";
		}
		if (type == Duration.class) {
			return "not a duration such as 90s, 15m or 2h";
		}
		if (type == DataSize.class) {
			return "not a size such as 512KB or 10MB";
		}
		if (type == ZoneId.class) {
			return "not a time zone such as UTC or Europe/Berlin";
		}
		if (type == Cron.class || type == Schedule.class) {
			return "not a cron expression such as '0 30 3 * * *', which is each day at 3:30: " + reason;
		}
		if (type.isEnum()) {
			return "none of " + Arrays.stream(type.getEnumConstants())
				.map((constant) -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
				.collect(Collectors.joining(", "));
		}
		return "not a valid %s: %s".formatted(type.getSimpleName(), reason);
	}

}
