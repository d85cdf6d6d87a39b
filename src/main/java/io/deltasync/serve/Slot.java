package io.deltasync.serve;

import java.time.Instant;

import io.deltasync.event.Mode;

/**
 * A time at which a Link is to be run. All slots of a trigger up to it are served by one
 * run.
 *
 * @param link the Link's name
 * @param trigger what gave it
 * @param mode how it is run
 * @param time when
 */
record Slot(String link, String trigger, Mode mode, Instant time) {

}
