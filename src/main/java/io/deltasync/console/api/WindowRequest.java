package io.deltasync.console.api;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A change of a window: one of both. The components are its fields in JSON.
 *
 * @param start the new start, or null
 * @param keep true if the window is kept although the Link has changed, or null
 */
record WindowRequest(@Nullable Instant start, @Nullable Boolean keep) {

}
