package io.deltasync.config;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Prints configuration problems instead of a stack trace if they prevent the application
 * from starting.
 */
class ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<ConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ConfigurationException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Fix the problems listed above. The list contains all problems that could be found.", cause);
	}

}
