package io.deltasync.run.start;

import org.springframework.batch.core.job.parameters.InvalidJobParametersException;

/**
 * Thrown when the window of a Link is no longer the one that a person has seen who wants
 * to change it. Nothing was changed.
 */
public class WindowChangedException extends InvalidJobParametersException {

	/**
	 * Creates the exception.
	 * @param link the Link's name
	 */
	public WindowChangedException(String link) {
		super("Link '%s': the window has changed since it was read, so it was not set. Read it again, and decide again"
			.formatted(link));
	}

}
