package io.deltasync.cli.process;

import io.deltasync.config.ConfigurationException;
import io.deltasync.config.LaunchException;
import io.deltasync.schema.DatabaseUnavailableException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Explains in one sentence why DeltaSync's own application did not start, if it is not a
 * bug: the JobRepository's database is unavailable, the process was told to end, or a
 * setting is invalid.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class OutageFailureAnalyzer implements FailureAnalyzer {

	private final Environment environment;

	OutageFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
		if (!OwnApplication.is(this.environment) || isExplained(failure)) {
			return null;
		}
		if (SecondSignal.isReceived()) {
			return new FailureAnalysis("This process was told to end while it was starting.", "Nothing was run.", root);
		}
		if (DatabaseUnavailableException.isCauseOf(failure)) {
			DatabaseUnavailableException unavailable = DatabaseUnavailableException.ofRepository(this.environment,
					failure);
			return new FailureAnalysis(String.valueOf(unavailable.getMessage()), unavailable.remedy(), root);
		}
		LaunchException problem = StartFailure.explain(failure);
		return (problem != null) ? new FailureAnalysis(String.valueOf(problem.getMessage()), problem.remedy(), problem)
				: null;
	}

	private static boolean isExplained(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof LaunchException || cause instanceof ConfigurationException) {
				return true;
			}
		}
		return false;
	}

}
