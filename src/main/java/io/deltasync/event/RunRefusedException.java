package io.deltasync.event;

import org.springframework.batch.core.launch.JobRestartException;

/**
 * Thrown when a run does not start because of its Link's configuration. Nothing was
 * started.
 */
public class RunRefusedException extends JobRestartException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message the Link, what is wrong with it and what to do
	 */
	public RunRefusedException(String message) {
		super(message);
	}

}
