package io.deltasync.run.deliver;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvents;
import io.deltasync.reject.Reject.State;
import io.deltasync.reject.UnmetRejects.Unmet;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunStorage;

/**
 * Closes the rejects of records that the source no longer has, or has under another
 * identity: they were in the window of a run that read all of its window, and it did not
 * meet them. No retry or replay delivers them.
 */
public final class GoneRecords {

	/** How many rejects are closed in a transaction, at most. */
	private static final int REJECTS = 500;

	private final SyncEvents events;

	private final RunStorage stores;

	public GoneRecords(SyncEvents events, RunStorage stores) {
		this.events = events;
		this.stores = stores;
	}

	/**
	 * Closes what a run has shown to be gone.
	 * @param run a run that fetched all of its scopes to their end
	 * @param event its Sync Event
	 */
	public void close(ActiveRun run, long event) {
		String link = run.link().name();
		RunParameters parameters = run.parameters();
		long since = run.meetsEverything() ? 0 : this.events.eventOf(link, parameters.lastSuccess());
		Map<Long, Boolean> covered = new HashMap<>();
		List<Unmet> page = find(link, since, event, 0);
		while (!page.isEmpty()) {
			List<Long> gone = page.stream()
				.filter((reject) -> run.meetsEverything() || isGone(reject, since, event, parameters, covered))
				.map(Unmet::id)
				.toList();
			this.stores.holding(run.lease(), () -> this.stores.unmet().close(gone, this.stores.clock().instant()));
			page = find(link, since, event, page.get(page.size() - 1).id());
		}
	}

	private List<Unmet> find(String link, long since, long event, long after) {
		return Objects.requireNonNull(this.stores.transaction()
			.execute((status) -> this.stores.unmet().find(link, since, event, after, REJECTS)));
	}

	/**
	 * What failed first after the last success was in the window, and so was what was
	 * fetched since; others may just have been tried alone. Acknowledged and quarantined
	 * records need no window.
	 */
	private boolean isGone(Unmet reject, long since, long event, RunParameters window, Map<Long, Boolean> covered) {
		return reject.state() == State.OPEN && (reject.lastEvent() == event
				|| (reject.firstEvent() > since && isCovered(reject.firstEvent(), window, covered))
				|| (reject.wasFetched() && isCovered(reject.lastEvent(), window, covered)));
	}

	/** A delta run does not read all that a full run before it read. */
	private boolean isCovered(long event, RunParameters window, Map<Long, Boolean> covered) {
		Instant from = window.windowStart();
		return from == null || covered.computeIfAbsent(event,
				(id) -> this.events.parameters(id)
					.map(RunParameters::windowStart)
					.filter((start) -> !start.isBefore(from))
					.isPresent());
	}

}
