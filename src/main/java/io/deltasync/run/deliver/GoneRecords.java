package io.deltasync.run.deliver;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvents;
import io.deltasync.reject.Reject.State;
import io.deltasync.reject.UnmetRejects;
import io.deltasync.reject.UnmetRejects.Unmet;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunTransactions;

/**
 * Closes the rejects of records that the source no longer has, or has under another
 * identity: a run that read its whole window did not return them although they were in
 * that window. No retry or replay delivers them.
 */
public final class GoneRecords {

	/** The highest number of rejects that are closed in a transaction. */
	private static final int REJECTS = 500;

	private final SyncEvents events;

	private final UnmetRejects unmet;

	private final RunTransactions transactions;

	public GoneRecords(SyncEvents events, UnmetRejects unmet, RunTransactions transactions) {
		this.events = events;
		this.unmet = unmet;
		this.transactions = transactions;
	}

	/**
	 * Closes the rejects of records that a run did not find in its window.
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
			this.transactions.holding(run.lease(), () -> this.unmet.close(gone, this.transactions.clock().instant()));
			page = find(link, since, event, page.get(page.size() - 1).id());
		}
	}

	private List<Unmet> find(String link, long since, long event, long after) {
		return this.transactions.call(() -> this.unmet.find(link, since, event, after, REJECTS));
	}

	/**
	 * Whether a record must have been in the window of the run. That holds for records
	 * that first failed after the last success and for those fetched since then; other
	 * records may have been retried separately only. Acknowledged and quarantined records
	 * are not closed by a window.
	 */
	private boolean isGone(Unmet reject, long since, long event, RunParameters window, Map<Long, Boolean> covered) {
		return reject.state() == State.OPEN && (reject.lastEvent() == event
				|| (reject.firstEvent() > since && isCovered(reject.firstEvent(), window, covered))
				|| (reject.wasFetched() && isCovered(reject.lastEvent(), window, covered)));
	}

	/**
	 * Whether the window of the run contains the window of an earlier event: a delta run
	 * does not read everything that an earlier full run read.
	 */
	private boolean isCovered(long event, RunParameters window, Map<Long, Boolean> covered) {
		Instant from = window.windowStart();
		return from == null || covered.computeIfAbsent(event,
				(id) -> this.events.parameters(id)
					.map(RunParameters::windowStart)
					.filter((start) -> !start.isBefore(from))
					.isPresent());
	}

}
