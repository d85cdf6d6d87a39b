package io.deltasync.console;

import java.time.Instant;
import java.util.List;

import io.deltasync.event.view.RecentRun;
import io.deltasync.lease.Pauses;
import io.deltasync.lease.Retry;
import io.deltasync.link.Endpoint;
import io.deltasync.verified.LastVerification;
import org.jspecify.annotations.Nullable;

/**
 * What the list of Links shows of one. The components are its fields in JSON.
 *
 * @param name the Link's name
 * @param source where its records come from
 * @param target where its records go to
 * @param labels its labels
 * @param state its state
 * @param lastSuccess the start of the window of the next delta run; null if it fetches
 * everything
 * @param runsSinceSuccess the number of runs since then, counted up to 1,000
 * @param waitingRejects how many of its rejects wait, counted up to a bound
 * @param newestEvent its newest Sync Event; null if it was never run
 * @param delayedUntil when a run that waits continues; null if none waits
 * @param nextRun when its schedule runs it next; null if it has no schedule, or is paused
 * @param holder the process that runs it now; null if none does
 * @param retry the call that its run is about to repeat; null if there is none
 * @param pause who paused it; null if it is not paused
 * @param verification its last verification; null if it was never verified
 * @param runs its last runs, newest first
 */
public record LinkOverview(String name, Endpoint source, Endpoint target, List<String> labels, LinkState state,
		@Nullable Instant lastSuccess, int runsSinceSuccess, long waitingRejects, @Nullable Long newestEvent,
		@Nullable Instant delayedUntil, @Nullable Instant nextRun, @Nullable String holder, @Nullable Retry retry,
		Pauses.@Nullable Pause pause, @Nullable LastVerification verification, List<RecentRun> runs) {

	/** How many of the last runs are shown. */
	public static final int RUNS = 30;

	/** Whether the newest run has not ended. */
	boolean isRunning() {
		return !this.runs.isEmpty() && !this.runs.get(0).status().ended();
	}

	LinkOverview with(LinkState newState, long newWaitingRejects, @Nullable Instant newDelayedUntil) {
		return new LinkOverview(this.name, this.source, this.target, this.labels, newState, this.lastSuccess,
				this.runsSinceSuccess, newWaitingRejects, this.newestEvent, newDelayedUntil, this.nextRun, this.holder,
				this.retry, this.pause, this.verification, this.runs);
	}

}
