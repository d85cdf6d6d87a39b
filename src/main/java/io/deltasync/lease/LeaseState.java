package io.deltasync.lease;

import org.jspecify.annotations.Nullable;

/**
 * The holder of a Link at one moment.
 *
 * @param link the Link's name
 * @param token how often the Link was acquired
 * @param held whether a run holds it now
 * @param dead whether its lease expired without being released: its process has died, or
 * is about to notice that it lost the lease
 * @param stopRequested whether somebody asked the last run to stop
 * @param holder the process that acquired it last
 * @param retry the call that its run is about to repeat; null if there is none, or if no
 * run holds the Link
 */
public record LeaseState(String link, long token, boolean held, boolean dead, boolean stopRequested, String holder,
		@Nullable Retry retry) {

}
