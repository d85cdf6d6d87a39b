package io.deltasync.serve;

import java.time.Instant;

import io.deltasync.event.Mode;
import org.jspecify.annotations.Nullable;

/**
 * What gives a Link slots.
 */
interface Trigger {

	/**
	 * Tells the Link.
	 * @return its name
	 */
	String link();

	/**
	 * Tells which kind of trigger this is; a Link has one of each kind.
	 * @return the word that runs started by it bear as their trigger
	 */
	String name();

	/**
	 * Returns how its slots are run.
	 * @return DELTA or FULL
	 */
	Mode mode();

	/**
	 * Tells which slots it gives.
	 * @return a text that changes when other slots are given
	 */
	String definition();

	/**
	 * Tells from where on slots count of a trigger that is new.
	 * @param now the time
	 * @return the time of the newest slot that is not to be run any more
	 */
	Instant beginning(Instant now);

	/**
	 * Finds the newest slot.
	 * @param after only slots after that
	 * @param now the time
	 * @return its time, now at the latest; null when there is none
	 */
	@Nullable Instant newest(Instant after, Instant now);

}
