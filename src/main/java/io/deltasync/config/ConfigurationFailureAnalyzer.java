package io.deltasync.config;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Prints configuration problems in place of a stack trace when the application does not
 * start because of them.
 */
class ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<ConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ConfigurationException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Put right what is listed above; all problems that could be found are there.", cause);
	}

}
