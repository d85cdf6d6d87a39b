package io.deltasync.serve;

import java.time.Instant;

import io.deltasync.event.Mode;

/**
 * A time at which a Link is due. A single run serves all earlier slots of the same
 * trigger, too.
 *
 * @param link the Link's name
 * @param trigger the name of its trigger
 * @param mode the mode of its run
 * @param time the time
 */
record Slot(String link, String trigger, Mode mode, Instant time) {

}
