package io.deltasync.event;

import java.time.Instant;

import io.deltasync.scope.Plan;
import org.jspecify.annotations.Nullable;

/**
 * A Sync Event with the state of its planning, read together.
 *
 * @param event the event
 * @param plan its plan; {@link Plan#NONE} if it is no longer stored
 */
public record PlannedEvent(SyncEvent event, Plan plan) {

	/**
	 * Returns until when the run waits because its source adapter asked for it.
	 * @return the time at which planning continues; null if the run does not wait
	 */
	public @Nullable Instant delayedUntil() {
		return (this.event.status() == SyncEvent.Status.DELAYED) ? this.plan.delayedUntil() : null;
	}

}
