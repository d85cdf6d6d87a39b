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
import io.deltasync.verified.Verification;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Caches the last successful run of Links in any process. Queries the database only for
 * Links whose lease has changed since the last query. Confined to one thread.
 */
final class LatestSuccesses {

	/** With more runs than this to check, a Link counts as changed. */
	private static final int MOST_RUNS = 50;

	private final SyncEvents events;

	private final LinkProblems problems;

	private final Set<String> links;

	private final Map<String, @Nullable LeaseState> seen = new HashMap<>();

	private final Map<String, Instant> newest = new HashMap<>();

	/** Periods up to the newest success in which runs changed nothing. */
	private final Map<String, Unchanged> unchanged = new HashMap<>();

	/**
	 * Creates an empty cache.
	 * @param events the Sync Events
	 * @param links the names of the Links to watch
	 * @param problems receives failures to read an event
	 */
	LatestSuccesses(SyncEvents events, Collection<String> links, LinkProblems problems) {
		this.events = events;
		this.problems = problems;
		this.links = new HashSet<>(links);
	}

	/**
	 * Updates the cache.
	 * @param states the current leases
	 */
	void update(List<LeaseState> states) {
		Map<String, LeaseState> byLink = new HashMap<>();
		states.forEach((state) -> byLink.put(state.link(), state));
		for (String link : this.links) {
			LeaseState state = byLink.get(link);
			if (!this.seen.containsKey(link) || (state != null && !state.equals(this.seen.get(link)))) {
				query(link, state);
			}
		}
	}

	private void query(String link, @Nullable LeaseState state) {
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
			this.problems.report(link, ex);
		}
	}

	/**
	 * Returns the newest successful run.
	 * @param link the name of a watched Link
	 * @return its run timestamp; null when there is none
	 */
	@Nullable Instant newest(String link) {
		return this.newest.get(link);
	}

	/**
	 * Whether the runs of a Link wrote or deleted anything since one of them. A failed
	 * run counts, too: the successful run after it may have skipped the records that it
	 * delivered.
	 * @param link the Link's name
	 * @param since the run timestamp of that run
	 * @return false only if they certainly did not
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
					&& delivered(run) + run.deleted() > 0);
		Instant until = newest(link);
		if (!changed && until != null) {
			this.unchanged.put(link, new Unchanged(since, until));
		}
		return changed;
	}

	/** A verification writes only what it repairs. */
	private static long delivered(SyncEvent run) {
		Verification found = run.verification();
		return (run.mode() != Mode.VERIFY) ? run.records().written() : (found != null) ? found.repaired() : 0;
	}

	private record Unchanged(Instant since, Instant until) {

	}

}
