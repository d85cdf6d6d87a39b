package io.deltasync.cli;

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
 * What keeps DeltaSync's own application from starting and a person can put right: a
 * setting of Spring Boot that has no value, or one that cannot be used.
 */
public final class StartFailure {

	private StartFailure() {
	}

	/**
	 * Finds the exit code of a start that failed for a reason that was printed without a
	 * stack trace.
	 * @param failure what was thrown; its causes are looked at too
	 * @return the exit code; empty for what nobody foresaw, and for what has an exit code
	 * of its own
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
	 * Explains what Spring Boot would print a stack trace of.
	 * @param failure what was thrown; its causes are looked at too
	 * @return what is wrong; null for what nobody foresaw, and for what Spring Boot
	 * explains itself
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
				"Correct what is configured below spring.datasource. The URL begins with jdbc:h2:, jdbc:mysql: or "
						+ "jdbc:mariadb:.",
				null);
	}

}
