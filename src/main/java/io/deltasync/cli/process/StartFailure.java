package io.deltasync.cli.process;

import java.util.OptionalInt;

import io.deltasync.config.ExitCode;
import io.deltasync.config.LaunchException;
import io.deltasync.config.Secrets;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Explains start failures of DeltaSync's own application that an operator can fix: a
 * setting of Spring Boot that is missing or invalid.
 */
public final class StartFailure {

	private StartFailure() {
	}

	/**
	 * Returns the exit code of a start failure that was explained without a stack trace.
	 * @param failure the failure; its causes are examined, too
	 * @return the exit code; empty for unknown failures, and for those with their own
	 * exit code
	 */
	public static OptionalInt exitCode(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof PortInUseException) {
				return OptionalInt.of(ExitCode.BUSY.value());
			}
			if (cause instanceof BindException || cause instanceof InvalidConfigurationPropertyValueException) {
				return OptionalInt.of(ExitCode.CONFIGURATION.value());
			}
		}
		return (explain(failure) != null) ? OptionalInt.of(ExitCode.CONFIGURATION.value()) : OptionalInt.empty();
	}

	/**
	 * Explains a failure for which Spring Boot would print a stack trace.
	 * @param failure the failure; its causes are examined, too
	 * @return the explanation; null for unknown failures, and for those that Spring Boot
	 * explains
	 */
	static @Nullable LaunchException explain(Throwable failure) {
		boolean ofDatabase = false;
		LaunchException problem = null;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof BindException) {
				return null;
			}
			if (cause instanceof PlaceholderResolutionException placeholder) {
				return ofPlaceholder(placeholder.getPlaceholder());
			}
			ofDatabase |= cause instanceof BeanCreationException bean && "dataSource".equals(bean.getBeanName());
			if (ofDatabase && problem == null && !(cause instanceof BeansException)) {
				problem = ofDatabase(String.valueOf(cause.getMessage()));
			}
		}
		return problem;
	}

	private static LaunchException ofPlaceholder(String name) {
		return LaunchException.ofConfiguration("The configuration uses ${%s}, which has no value".formatted(name),
				"Set the environment variable or the property of that name, or write a default as in ${%s:default}."
					.formatted(name),
				null);
	}

	private static LaunchException ofDatabase(String reason) {
		return LaunchException.ofConfiguration(
				"The database of the JobRepository cannot be used: " + Secrets.mask(reason),
				"Correct the settings below spring.datasource. The URL begins with jdbc:h2:, jdbc:mysql: or "
						+ "jdbc:mariadb:.",
				null);
	}

}
