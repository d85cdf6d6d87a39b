package io.deltasync.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.deltasync.audit.AuditEntry;
import io.deltasync.audit.AuditLog;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import org.jspecify.annotations.Nullable;

/**
 * Reads the history of a Link: its runs, and what people did with it, in one order. The
 * cost of a page does not depend on the length of the history. Thread-safe.
 */
public class LinkHistory {

	private final SyncEvents events;

	private final AuditLog audit;

	public LinkHistory(SyncEvents events, AuditLog audit) {
		this.events = events;
		this.audit = audit;
	}

	/**
	 * Reads a page of the history.
	 * @param link the Link's name
	 * @param from where the page begins; null for the newest page
	 * @param limit how many entries at most
	 * @return the page
	 */
	public Page page(String link, @Nullable Position from, int limit) {
		long before = (from != null) ? from.action() : Long.MAX_VALUE;
		List<Entry> all = new ArrayList<>();
		((from != null && from.run() != null) ? this.events.before(link, from.run(), limit + 1)
				: this.events.newest(link, limit + 1))
			.forEach((event) -> all.add(new Entry(event.runTimestamp(), event, null)));
		this.audit.newest(link, before, limit + 1).forEach((action) -> all.add(new Entry(action.at(), null, action)));
		all.sort(Comparator.comparing(Entry::at).reversed());
		if (all.size() <= limit) {
			return new Page(all, null);
		}
		List<Entry> shown = List.copyOf(all.subList(0, limit));
		Instant run = (from != null) ? from.run() : null;
		for (Entry entry : shown) {
			if (entry.event() != null) {
				run = entry.event().runTimestamp();
			}
			if (entry.action() != null) {
				before = entry.action().id();
			}
		}
		return new Page(shown, new Position(run, before));
	}

	/**
	 * A page of the history.
	 *
	 * @param entries its entries, newest first
	 * @param next where the next page begins; null if there is none
	 */
	public record Page(List<Entry> entries, @Nullable Position next) {

		/**
		 * Returns the runs on the page.
		 * @return the runs, newest first
		 */
		public List<SyncEvent> runs() {
			List<SyncEvent> runs = new ArrayList<>();
			this.entries.forEach((entry) -> {
				if (entry.event() != null) {
					runs.add(entry.event());
				}
			});
			return runs;
		}

	}

	/**
	 * An entry of the history: either a run or an action.
	 *
	 * @param at when it happened
	 * @param event the run, or null
	 * @param action the action, or null
	 */
	public record Entry(Instant at, @Nullable SyncEvent event, @Nullable AuditEntry action) {
	}

	/**
	 * Where a page begins.
	 *
	 * @param run only runs with earlier run timestamps; null for all
	 * @param action only actions with lower numbers
	 */
	public record Position(@Nullable Instant run, long action) {
	}

}
