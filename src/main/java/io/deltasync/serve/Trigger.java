package io.deltasync.serve;

import java.time.Instant;

import io.deltasync.event.Mode;
import org.jspecify.annotations.Nullable;

/**
 * A source of slots for a Link.
 */
interface Trigger {

	/**
	 * Returns the Link.
	 * @return the Link's name
	 */
	String link();

	/**
	 * Returns the kind of this trigger; a Link has at most one of each kind.
	 * @return the name that is stored as the trigger of its runs
	 */
	String name();

	/**
	 * Returns the mode of its runs.
	 * @return DELTA, FULL, REPLAY or VERIFY
	 */
	Mode mode();

	/**
	 * Returns the definition of the slots.
	 * @return a text that changes when the slots change
	 */
	String definition();

	/**
	 * Returns the time after which slots of a new trigger count.
	 * @param now the current time
	 * @return the time of the newest slot that will not be run
	 */
	Instant beginning(Instant now);

	/**
	 * Returns the newest slot that is not in the future.
	 * @param after the time after which slots count
	 * @param now the current time
	 * @return its time, or null when there is none
	 */
	@Nullable Instant newest(Instant after, Instant now);

}
