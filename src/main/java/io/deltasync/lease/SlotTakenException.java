package io.deltasync.lease;

import java.time.Instant;

import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;

/** Thrown when a run is started for a slot that another run has claimed. */
public class SlotTakenException extends JobInstanceAlreadyCompleteException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param link the Link's name
	 * @param slot the slot's time
	 */
	public SlotTakenException(String link, Instant slot) {
		super("Link '%s': the slot of %s has been run, by this or another process".formatted(link, slot));
	}

}
