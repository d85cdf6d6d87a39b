package io.deltasync.cli.process;

import io.deltasync.config.LaunchException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Prints the message of a {@link LaunchException} instead of a stack trace.
 */
class LaunchFailureAnalyzer extends AbstractFailureAnalyzer<LaunchException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, LaunchException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.remedy(), cause);
	}

}
