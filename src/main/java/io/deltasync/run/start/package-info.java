/**
 * Starts, restarts, replays, stops and recovers runs.
 */
@NullMarked
package io.deltasync.run.start;

import org.jspecify.annotations.NullMarked;
