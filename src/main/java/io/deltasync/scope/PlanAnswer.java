package io.deltasync.scope;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a source answered in one planning call of a run.
 *
 * @param round the number of the call within the run and its restarts, from 1 on
 * @param strategy the strategy of the answer
 * @param scopes how many scopes the answer had
 * @param answeredAt when the answer was stored
 * @param delayedUntil when the next call is due; null if the answer did not ask to wait
 */
public record PlanAnswer(int round, Strategy strategy, long scopes, Instant answeredAt,
		@Nullable Instant delayedUntil) {

}
