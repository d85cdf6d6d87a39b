package io.deltasync.reject;

import java.time.Instant;

import io.deltasync.reject.Reject.Stage;

/**
 * Waiting rejects of a Link that failed at the same stage for the same reason.
 *
 * @param stage where they failed
 * @param reason why
 * @param rejects how many of those that were counted
 * @param first the number of the first of them
 * @param since when the first of them failed first
 */
public record RejectGroup(Stage stage, String reason, int rejects, long first, Instant since) {
}
