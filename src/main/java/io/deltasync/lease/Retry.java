package io.deltasync.lease;

import java.time.Instant;

/**
 * A call that a run is about to repeat after a transient failure.
 *
 * @param call the name of the call
 * @param attempt the number of the next attempt, from 2 on
 * @param at when the next attempt is due
 */
public record Retry(String call, int attempt, Instant at) {

}
