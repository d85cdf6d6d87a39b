package io.deltasync.serve;

import java.time.Instant;

/**
 * A time at which a Link is to be run. All slots of a trigger up to it are served by one
 * run.
 *
 * @param link the Link's name
 * @param trigger what gave it
 * @param time when
 */
record Slot(String link, String trigger, Instant time) {

}
