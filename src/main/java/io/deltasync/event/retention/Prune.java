package io.deltasync.event.retention;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.deltasync.event.FetchedWindows;
import io.deltasync.event.Outcome;
import io.deltasync.event.OwedSuccesses;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.link.Retention;
import io.deltasync.schema.Product;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes what has ended and was kept long enough. These are never deleted: the newest
 * run of a Link, which carries its window, and its newest success; a run that is running,
 * or seems to be, and the one that the newest run replays; a success that the source has
 * not acknowledged yet; a waiting reject; a pushed request that waits. The delivery index
 * belongs to no event and is also kept, even if the Link is no longer configured, so that
 * a Link configured again under its name can continue with it. The cost depends on what
 * is deleted, not on the length of the history. Thread-safe.
 */
public class Prune {

	private static final int EVENTS = 100;

	private final JdbcClient jdbc;

	private final SyncEvents events;

	private final InstantSource clock;

	private final EventRemoval removal;

	private final FetchedWindows windows;

	private final OwedSuccesses owed;

	private final OldEntries old;

	/**
	 * Creates the retention.
	 * @param jdbc the database of the JobRepository
	 * @param product its product
	 * @param transaction runs each small part in its own transaction
	 * @param events finds where windows start
	 * @param clock the clock of run timestamps
	 */
	public Prune(JdbcTemplate jdbc, Product product, TransactionTemplate transaction, SyncEvents events,
			InstantSource clock) {
		this.jdbc = JdbcClient.create(jdbc);
		this.events = events;
		this.clock = clock;
		this.removal = new EventRemoval(jdbc, product, transaction);
		this.windows = new FetchedWindows(events);
		this.owed = new OwedSuccesses(jdbc);
		this.old = new OldEntries(jdbc, product, transaction, clock);
	}

	/**
	 * Deletes what was kept long enough.
	 * @param links the names of the Links whose events may be deleted
	 * @param retention how long to keep what
	 * @param dryRun whether nothing must be deleted
	 * @return what was deleted, or would be
	 */
	public Pruned prune(Collection<String> links, Retention retention, boolean dryRun) {
		Instant now = this.clock.instant();
		// first, so that pages of events that are deleted too are counted, as in the dry
		// run
		long removedPages = scopePages(RunParameters.format(now.minus(retention.scopes())), dryRun);
		long removedEvents = 0;
		for (String link : links) {
			removedEvents += events(link, RunParameters.format(now.minus(retention.events())), dryRun);
		}
		return new Pruned(dryRun, removedEvents, this.old.rejects(now.minus(retention.rejects()), dryRun), removedPages,
				this.old.auditEntries(now.minus(retention.events()), dryRun),
				this.old.pushes(now.minus(retention.pushes()), dryRun),
				this.old.notifications(now.minus(retention.events()), dryRun));
	}

	private long events(String link, String before, boolean dryRun) {
		Set<String> kept = windowOf(link);
		long removed = 0;
		List<Candidate> some = candidates(link, "", before);
		while (!some.isEmpty()) {
			for (Candidate candidate : some) {
				if (!kept.contains(candidate.key) && !isRunning(candidate.event) && !isReplayed(link, candidate.event)
						&& !this.owed.isOwed(candidate.event)) {
					removed++;
					if (!dryRun) {
						this.removal.remove(candidate.event);
					}
				}
			}
			some = candidates(link, some.get(some.size() - 1).key, before);
		}
		return removed;
	}

	/** Returns the keys of the runs that determine a window. */
	private Set<String> windowOf(String link) {
		Set<String> kept = new HashSet<>();
		this.events.newest(link).ifPresent((newest) -> kept.add(RunParameters.format(newest.runTimestamp())));
		this.events.windowEvents(link).forEach((event) -> kept.add(RunParameters.format(event)));
		return kept;
	}

	private List<Candidate> candidates(String link, String after, String before) {
		return this.jdbc
			.sql("""
					SELECT JOB_INSTANCE_ID, JOB_KEY FROM BATCH_JOB_INSTANCE WHERE JOB_NAME = ? AND JOB_KEY > ? AND JOB_KEY < ?
					ORDER BY JOB_NAME, JOB_KEY LIMIT ?""")
			.params(link, after, before, EVENTS)
			.query((row, number) -> new Candidate(row.getLong(1), row.getString(2), link))
			.list();
	}

	private boolean isRunning(long event) {
		return !this.jdbc.sql("""
				SELECT JOB_EXECUTION_ID FROM BATCH_JOB_EXECUTION
				WHERE JOB_INSTANCE_ID = ? AND STATUS IN ('STARTING', 'STARTED', 'STOPPING')""")
			.param(event)
			.query(Long.class)
			.list()
			.isEmpty();
	}

	/** Queried for each event, because a replay may start meanwhile. */
	private boolean isReplayed(String link, long event) {
		return this.events.replayedByNewest(link).filter((replayed) -> replayed == event).isPresent();
	}

	private long scopePages(String before, boolean dryRun) {
		long removed = 0;
		long last = lastBefore(before);
		Map<String, Instant> successes = new HashMap<>();
		Optional<Long> next = withScopesAfter(Long.MIN_VALUE, last);
		while (next.isPresent()) {
			long event = next.get();
			if ((isSuccessful(event, before) && !this.owed.isOwed(event)) || isSuperseded(event, before, successes)) {
				removed += dryRun ? countScopes(event) : this.removal.removeRows("SYNC_SCOPE_PAGE", event);
			}
			next = withScopesAfter(event, last);
		}
		return removed;
	}

	/** Returns the last event that is old enough, so that no younger one is read. */
	private long lastBefore(String before) {
		long last = Long.MIN_VALUE;
		for (Optional<String> name = nameAfter(""); name.isPresent(); name = nameAfter(name.get())) {
			last = Math.max(last,
					this.jdbc.sql("""
							SELECT JOB_INSTANCE_ID FROM BATCH_JOB_INSTANCE WHERE JOB_NAME = ? AND JOB_KEY < ?
							ORDER BY JOB_NAME DESC, JOB_KEY DESC LIMIT 1""")
						.params(name.get(), before)
						.query(Long.class)
						.optional()
						.orElse(Long.MIN_VALUE));
		}
		return last;
	}

	/** Reads one name after the other from the index, however many events each has. */
	private Optional<String> nameAfter(String name) {
		return this.jdbc
			.sql("SELECT JOB_NAME FROM BATCH_JOB_INSTANCE WHERE JOB_NAME > ? ORDER BY JOB_NAME, JOB_KEY LIMIT 1")
			.param(name)
			.query(String.class)
			.optional();
	}

	private Optional<Long> withScopesAfter(long event, long last) {
		return this.jdbc.sql("""
				SELECT JOB_INSTANCE_ID FROM SYNC_SCOPE_PAGE WHERE JOB_INSTANCE_ID > ? AND JOB_INSTANCE_ID <= ?
				ORDER BY JOB_INSTANCE_ID, PAGE LIMIT 1""").params(event, last).query(Long.class).optional();
	}

	private boolean isSuccessful(long event, String before) {
		return !this.jdbc.sql("""
				SELECT e.JOB_EXECUTION_ID FROM BATCH_JOB_EXECUTION e
				JOIN BATCH_JOB_INSTANCE i ON i.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID
				WHERE i.JOB_INSTANCE_ID = ? AND i.JOB_KEY < ? AND e.STATUS = 'COMPLETED' AND e.EXIT_CODE = ?""")
			.params(event, before, Outcome.COMPLETED.name())
			.query(Long.class)
			.list()
			.isEmpty();
	}

	/**
	 * Whether a run is no longer needed: only the newest run can be restarted, and no run
	 * is replayed whose window is not needed.
	 */
	private boolean isSuperseded(long id, String before, Map<String, Instant> successes) {
		Candidate candidate = this.jdbc.sql("""
				SELECT JOB_INSTANCE_ID, JOB_KEY, JOB_NAME FROM BATCH_JOB_INSTANCE
				WHERE JOB_INSTANCE_ID = ? AND JOB_KEY < ?""")
			.params(id, before)
			.query((row, number) -> new Candidate(row.getLong(1), row.getString(2), row.getString(3)))
			.optional()
			.orElse(null);
		if (candidate == null || isAfterSuccess(candidate, successes) || !this.events.isCounted(id)) {
			return false;
		}
		SyncEvent event = this.events.find(id).orElse(null);
		return event != null && event.status().ended() && !isNewest(event) && !isReplayed(event.link(), id)
				&& this.windows.isFetchedAgain(event);
	}

	/** Whether no later run has fetched the candidate's window again. */
	private boolean isAfterSuccess(Candidate candidate, Map<String, Instant> successes) {
		Instant success = successes.computeIfAbsent(candidate.link,
				(link) -> Objects.requireNonNullElse(this.events.lastSuccess(link).asOf(), Instant.EPOCH));
		return candidate.key.compareTo(RunParameters.format(success)) >= 0;
	}

	private boolean isNewest(SyncEvent event) {
		return this.events.newest(event.link()).filter((newest) -> newest.id() != event.id()).isEmpty();
	}

	private long countScopes(long event) {
		return this.jdbc.sql("SELECT COUNT(*) FROM SYNC_SCOPE_PAGE WHERE JOB_INSTANCE_ID = ?")
			.param(event)
			.query(Long.class)
			.single();
	}

	private record Candidate(long event, String key, String link) {

	}

}
