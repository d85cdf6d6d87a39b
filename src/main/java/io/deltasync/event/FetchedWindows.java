package io.deltasync.event;

import java.time.Instant;
import java.util.List;

/**
 * Decides whether the window of a Sync Event was fetched again by a later successful run.
 * Its scopes must not be fetched again in this case, because their records could be older
 * than those delivered since. Thread-safe.
 */
public class FetchedWindows {

	/** How many runs are searched. Older ones are assumed to have been full. */
	private static final int RUNS_SEARCHED = 20;

	private final SyncEvents events;

	/**
	 * Creates the decision.
	 * @param events finds runs and their windows
	 */
	public FetchedWindows(SyncEvents events) {
		this.events = events;
	}

	/**
	 * Whether the window was fetched again. A successful delta run does not cover the
	 * window of an earlier full run.
	 * @param event the event, which has ended
	 * @return false while a later run may still need its scopes
	 */
	public boolean isFetchedAgain(SyncEvent event) {
		Watermark last = this.events.lastSuccess(event.link());
		Instant success = last.asOf();
		if (success == null || !success.isAfter(event.runTimestamp())) {
			return false;
		}
		boolean full = this.events.parameters(event.id()).map(RunParameters::isFull).orElse(false);
		// whether a full run succeeded before a person set the window is not known
		return last.setAt() != null || !full || isFullAfter(event);
	}

	private boolean isFullAfter(SyncEvent event) {
		List<SyncEvent> newest = this.events.newest(event.link(), RUNS_SEARCHED);
		boolean all = newest.stream().anyMatch((run) -> !run.runTimestamp().isAfter(event.runTimestamp()));
		// a run that is not searched may have been a full one
		return !all || newest.stream()
			.anyMatch((run) -> run.success() && !run.testing() && run.mode() != Mode.REPLAY && run.mode() != Mode.SET
					&& run.mode() != Mode.VERIFY && run.runTimestamp().isAfter(event.runTimestamp())
					&& run.windowStart() == null);
	}

}
