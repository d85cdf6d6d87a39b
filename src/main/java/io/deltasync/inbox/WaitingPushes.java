package io.deltasync.inbox;

import java.time.Instant;

/**
 * The requests of a Link that wait to be delivered; at least one.
 *
 * @param link the Link's name
 * @param lastDelivered the number of the last request that needs no further delivery
 * @param requests how many wait
 * @param bytes the size of their bodies
 * @param oldest when the first of them was received
 * @param newest when the last of them was received
 */
public record WaitingPushes(String link, long lastDelivered, long requests, long bytes, Instant oldest,
		Instant newest) {

}
