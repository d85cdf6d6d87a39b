package io.deltasync.serve;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.lease.LeaseState;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * When Links were successful last, whoever ran them. Asks only for Links that were taken
 * or given back since it asked last. One thread's.
 */
final class LatestSuccesses {

	/** Beyond so many runs a Link counts as changed. */
	private static final int MOST_RUNS = 50;

	private final SyncEvents events;

	private final LinkProblems troubles;

	private final Set<String> links;

	private final Map<String, @Nullable LeaseState> seen = new HashMap<>();

	private final Map<String, Instant> newest = new HashMap<>();

	/** Since when runs have changed nothing, up to the newest success. */
	private final Map<String, Unchanged> unchanged = new HashMap<>();

	/**
	 * Knows nothing yet.
	 * @param events where runs are
	 * @param links the names of the Links that are of interest
	 * @param troubles is told of what cannot be read
	 */
	LatestSuccesses(SyncEvents events, Collection<String> links, LinkProblems troubles) {
		this.events = events;
		this.troubles = troubles;
		this.links = new HashSet<>(links);
	}

	/**
	 * Looks what is new.
	 * @param states who holds which Link now
	 */
	void look(List<LeaseState> states) {
		Map<String, LeaseState> byLink = new HashMap<>();
		states.forEach((state) -> byLink.put(state.link(), state));
		for (String link : this.links) {
			LeaseState state = byLink.get(link);
			if (!this.seen.containsKey(link) || (state != null && !state.equals(this.seen.get(link)))) {
				ask(link, state);
			}
		}
	}

	private void ask(String link, @Nullable LeaseState state) {
		try {
			Instant success = this.events.newestSuccess(link);
			if (success != null) {
				this.newest.put(link, success);
			}
			this.seen.put(link, state);
		}
		catch (DataAccessException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			this.troubles.tell(link, ex);
		}
	}

	/**
	 * Finds the newest successful run.
	 * @param link the Link's name, one of those of interest
	 * @return its run timestamp; null when there is none
	 */
	@Nullable Instant newest(String link) {
		return this.newest.get(link);
	}

	/**
	 * Whether the runs of a Link wrote or deleted anything since one of them. A run that
	 * failed counts as well: what it delivered, the successful run after it may have
	 * skipped.
	 * @param link the Link's name
	 * @param since the run timestamp of that run
	 * @return false only if it is certain that they did not
	 */
	boolean changedSince(String link, Instant since) {
		Unchanged known = this.unchanged.get(link);
		if (known != null && known.since().equals(since) && known.until().equals(newest(link))) {
			return false;
		}
		List<SyncEvent> runs = this.events.newest(link, MOST_RUNS);
		boolean all = runs.size() < MOST_RUNS || !runs.get(runs.size() - 1).runTimestamp().isAfter(since);
		boolean changed = !all || runs.stream()
			.anyMatch((run) -> run.runTimestamp().isAfter(since) && run.mode() != Mode.SET && !run.testing()
					&& run.records().written() + run.deleted() > 0);
		Instant until = newest(link);
		if (!changed && until != null) {
			this.unchanged.put(link, new Unchanged(since, until));
		}
		return changed;
	}

	private record Unchanged(Instant since, Instant until) {

	}

}
