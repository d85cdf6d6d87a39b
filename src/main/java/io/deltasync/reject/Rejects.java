package io.deltasync.reject;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.deltasync.api.Operation;
import io.deltasync.reject.Reject.Stage;
import io.deltasync.reject.Reject.State;
import io.deltasync.schema.OwnedRows;
import io.deltasync.scope.Scopes;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Stores rejects, at most one for each record of a Link. Thread-safe; every method takes
 * part in the caller's transaction.
 * <p>
 * All changes of a reject's state are in this class, so that the states and the
 * conditions on them can be read in one place.
 */
public class Rejects {

	static final int MOST_COUNTED = 10_000;

	private static final int MAX_KEY = 500;

	/** The condition on rejects that wait to be delivered. */
	static final String WAITING = "STATE IN ('OPEN', 'ACKNOWLEDGED', 'QUARANTINED')";

	private static final String MET_AND_WAITING = "LINK = ? AND " + WAITING
			+ " AND FIRST_EVENT <= ? AND LAST_EVENT >= ?";

	private static final List<String> CLOSED = List.of("DELIVERED", "DISCARDED", "GONE", "TESTING");

	/** Open, and met by a run after the given success: in the window of the next run. */
	private static final String HOLDING = "(STATE = 'OPEN' AND (FIRST_EVENT > ? OR (LAST_EVENT > ? AND (ORDINAL IS NULL OR ORDINAL <> "
			+ Reject.ALONE + "))))";

	private static final String SUPERSEDED = "another version of the record was being written to the target when a run was "
			+ "interrupted, so this version is not retried; a run that fetches the record delivers it";

	private final JdbcTemplate jdbc;

	private final OwnedRows rows;

	private final RejectWriter writer;

	private final ScopeFailures scopeFailures;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 */
	public Rejects(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
		this.rows = new OwnedRows(jdbc);
		this.writer = new RejectWriter(jdbc, this.rows);
		this.scopeFailures = new ScopeFailures(jdbc, this.rows);
	}

	/**
	 * Stores that records failed.
	 * @param run the run
	 * @param records the records, in the order in which they failed; a record may come in
	 * several versions
	 * @param room how many rejects may be added; existing ones are updated in any case
	 * @param now the current time
	 * @return what each failure means for the run, in the same order
	 */
	public List<RejectOutcome> failed(RejectingRun run, List<FailedRecord> records, int room, Instant now) {
		return this.writer.write(run, records, room, now);
	}

	/**
	 * Returns the store of the scopes in which runs count records as failed, other than
	 * those that the rejects show.
	 * @return the store of further failures
	 */
	public ScopeFailures scopeFailures() {
		return this.scopeFailures;
	}

	/**
	 * Closes rejects of records that were delivered or dropped. A record that a filter
	 * dropped was not discarded by a person: it fails a run that meets it again. If the
	 * waiting version is not the one that was delivered, it continues to wait as before
	 * when it fails again, so an acknowledgement remains valid while a source returns
	 * this version after another one. This does not apply to a version that was open and
	 * that the run had met before.
	 * @param link the Link's name
	 * @param state DELIVERED, or DISCARDED for records that a filter dropped
	 * @param recordIds the digests of their keys
	 * @param event the Sync Event of the run
	 * @param sameVersion whether the waiting version is the one that was delivered
	 * @param now the current time
	 * @return the versions that were waiting
	 */
	public List<WaitingVersion> close(String link, State state, Collection<String> recordIds, long event,
			Predicate<WaitingVersion> sameVersion, Instant now) {
		List<WaitingVersion> waiting = waitingVersions(link, recordIds);
		remember(waiting.stream().filter(sameVersion.negate()).map(WaitingVersion::id).toList(), event);
		for (InList ids : InList.parts(waiting.stream().map(WaitingVersion::id).toList())) {
			this.jdbc.update("""
					UPDATE SYNC_REJECT /*! FORCE INDEX (PRIMARY) */
					SET STATE = ?, CONTENT_ID = '', NOT_RESTORABLE = NULL, NEXT_TRY = NULL, LAST_SEEN = ?
					WHERE REJECT_ID IN (%s) AND %s""".formatted(ids.places(), WAITING),
					ids.after(state.name(), utc(now)));
		}
		return waiting;
	}

	private void remember(List<Long> rejects, long event) {
		for (InList ids : InList.parts(rejects)) {
			this.jdbc.update("DELETE FROM SYNC_REJECT_FORMER WHERE REJECT_ID IN (%s)".formatted(ids.places()),
					ids.after());
			this.jdbc.update("""
					INSERT INTO SYNC_REJECT_FORMER (REJECT_ID, STATE, CONTENT_ID)
					SELECT REJECT_ID, STATE, CONTENT_ID FROM SYNC_REJECT
					WHERE %s AND (STATE <> 'OPEN' OR LAST_EVENT <> ?) AND REJECT_ID IN (%s)""".formatted(WAITING,
					ids.places()), ids.after(event));
		}
	}

	/**
	 * Marks rejects as superseded before another version of the same records is written.
	 * They are not retried on their own from now on, because the content of the target is
	 * unknown until {@link #close} or {@link #failed} is called.
	 * @param rejects the numbers of the rejects, in the same order in all lanes
	 */
	public void supersede(List<Long> rejects) {
		for (InList ids : InList.parts(rejects)) {
			this.jdbc.update("""
					UPDATE SYNC_REJECT /*! FORCE INDEX (PRIMARY) */ SET NOT_RESTORABLE = ?
					WHERE REJECT_ID IN (%s) AND NOT_RESTORABLE IS NULL AND %s""".formatted(ids.places(), WAITING),
					ids.after(SUPERSEDED));
		}
	}

	/**
	 * Lists the versions that wait to be delivered. The rejects are later updated by
	 * their numbers; MySQL is forced to use this index, because a search would wait for
	 * the uncommitted rows of other lanes, and they for this one.
	 * @param link the Link's name
	 * @param recordIds the digests of the records' keys
	 * @return the versions, by number
	 */
	public List<WaitingVersion> waitingVersions(String link, Collection<String> recordIds) {
		List<WaitingVersion> waiting = new ArrayList<>();
		for (OwnedRows.Part part : records(link, recordIds)) {
			waiting.addAll(this.jdbc.query("""
					SELECT REJECT_ID, RECORD_ID, CONTENT_ID, NOT ACKNOWLEDGED, LAST_EVENT, ORDINAL FROM SYNC_REJECT
					WHERE %s AND %s""".formatted(WAITING, part.condition()),
					(row, number) -> new WaitingVersion(row.getLong(1), row.getString(2), row.getString(3),
							row.getBoolean(4), row.getLong(5), (Long) row.getObject(6)),
					part.arguments()));
		}
		waiting.sort(Comparator.comparing(WaitingVersion::id));
		return waiting;
	}

	private List<OwnedRows.Part> records(String link, Collection<String> recordIds) {
		return this.rows.of("LINK", link, "RECORD_ID", recordIds);
	}

	/**
	 * Lists the records of a Link that wait to be delivered.
	 * @param link the Link's name
	 * @param limit how many at most
	 * @return the digests of their keys, in no particular order
	 */
	public List<String> waitingRecords(String link, int limit) {
		return this.jdbc.queryForList("SELECT RECORD_ID FROM SYNC_REJECT WHERE LINK = ? AND " + WAITING + " LIMIT ?",
				String.class, link, limit);
	}

	/**
	 * Locks the existing rejects of records, in the same order in all lanes, before the
	 * first of them is updated. Two lanes that update the same rejects in different
	 * orders would deadlock.
	 * @param link the Link's name
	 * @param recordIds the digests of the records' keys; may be empty
	 */
	public void lock(String link, Collection<String> recordIds) {
		List<Long> rejects = new ArrayList<>();
		for (OwnedRows.Part part : records(link, recordIds)) {
			rejects.addAll(this.jdbc.queryForList("SELECT REJECT_ID FROM SYNC_REJECT WHERE " + part.condition(),
					Long.class, part.arguments()));
		}
		rejects.sort(Comparator.naturalOrder());
		for (InList ids : InList.parts(rejects)) {
			this.jdbc.queryForList("""
					SELECT REJECT_ID FROM SYNC_REJECT /*! FORCE INDEX (PRIMARY) */
					WHERE REJECT_ID IN (%s) ORDER BY REJECT_ID FOR UPDATE""".formatted(ids.places()), Long.class,
					ids.after());
		}
	}

	/**
	 * Lists waiting rejects that were stored by a version of DeltaSync that compared keys
	 * by their texts, and so identified records differently.
	 * @param link the Link's name
	 * @param after only rejects with higher numbers
	 * @param limit how many at most
	 * @return the rejects, by number
	 */
	public List<Reject> ofFormerVersions(String link, long after, int limit) {
		return this.jdbc.query("SELECT * FROM SYNC_REJECT WHERE LINK = ? AND " + WAITING + """
				 AND REJECT_ID > ? AND NOT EXISTS (SELECT 1 FROM SYNC_REJECT_ROW W
				  WHERE W.LINK = SYNC_REJECT.LINK AND W.RECORD_ID = SYNC_REJECT.RECORD_ID)
				ORDER BY REJECT_ID LIMIT ?""", Rejects::reject, link, after, limit);
	}

	/**
	 * Lists rejects that a person discarded and that were stored by such a version of
	 * DeltaSync.
	 * @param link the Link's name
	 * @param after only rejects with higher numbers
	 * @param limit how many at most
	 * @return the rejects, by number
	 */
	public List<Reject> discardedOfFormerVersions(String link, long after, int limit) {
		return this.jdbc.query("""
				SELECT * FROM SYNC_REJECT WHERE LINK = ? AND STATE = 'DISCARDED' AND CONTENT_ID <> '' AND REJECT_ID > ?
				  AND NOT EXISTS (SELECT 1 FROM SYNC_REJECT_ROW W
				  WHERE W.LINK = SYNC_REJECT.LINK AND W.RECORD_ID = SYNC_REJECT.RECORD_ID)
				ORDER BY REJECT_ID LIMIT ?""", Rejects::reject, link, after, limit);
	}

	/**
	 * Stores the identity of a reject's record, and of its version.
	 * @param id its number
	 * @param recordId the digest of the record's key
	 * @param contentId the digest of the version's content
	 * @return false when there is another reject of the same record; nothing is changed
	 */
	public boolean identify(long id, String recordId, String contentId) {
		try {
			this.jdbc.update("UPDATE SYNC_REJECT SET RECORD_ID = ?, CONTENT_ID = ? WHERE REJECT_ID = ?", recordId,
					contentId, id);
			return true;
		}
		catch (DuplicateKeyException ex) {
			return false;
		}
	}

	/**
	 * Stores that a reject cannot be recreated.
	 * @param id its number
	 * @param why the reason
	 */
	public void cannotRestore(long id, String why) {
		this.jdbc.update("UPDATE SYNC_REJECT SET NOT_RESTORABLE = ? WHERE REJECT_ID = ?", cut(why, MAX_KEY), id);
	}

	/**
	 * Whether records of a Link wait to be delivered.
	 * @param link the Link's name
	 * @return true if there is at least one
	 */
	public boolean anyWaiting(String link) {
		return !this.jdbc
			.queryForList("SELECT REJECT_ID FROM SYNC_REJECT WHERE LINK = ? AND " + WAITING + " LIMIT 1", Long.class,
					link)
			.isEmpty();
	}

	/**
	 * Stores that scopes are fetched again. Their records are returned with these scopes,
	 * and must not be retried on their own.
	 * @param link the Link's name
	 * @param event the Sync Event
	 * @param scopes the scopes
	 * @param limit how many rejects at most
	 * @return how many were changed
	 */
	public int fetchedAgain(String link, long event, Scopes scopes, int limit) {
		int changed = this.scopeFailures.forget(event, scopes, limit);
		return (scopes.isEmpty() || changed == limit) ? changed
				: changed + this.jdbc.update(
						"UPDATE SYNC_REJECT SET ORDINAL = NULL WHERE LINK = ? AND LAST_EVENT = ?"
								+ " AND ORDINAL IS NOT NULL" + scopes.condition() + " LIMIT ?",
						scopes.values(limit - changed, link, event));
	}

	/**
	 * Stores that a run has fetched records which it had retried alone. They no longer
	 * count as failed there.
	 * @param link the Link's name
	 * @param event the Sync Event of the run
	 * @param recordIds the digests of the keys of the fetched records
	 * @return for each record that failed alone, whether its failure was acknowledged
	 */
	public List<Boolean> fetchedAfterAlone(String link, long event, Collection<String> recordIds) {
		List<Boolean> acknowledged = new ArrayList<>();
		List<Long> alone = new ArrayList<>();
		for (OwnedRows.Part part : records(link, recordIds)) {
			this.jdbc.query("""
					SELECT REJECT_ID, ACKNOWLEDGED FROM SYNC_REJECT
					WHERE LAST_EVENT = ? AND ORDINAL = ? AND STATE NOT IN ('DELIVERED', 'GONE')
					  AND %s""".formatted(part.condition()), (row) -> {
				alone.add(row.getLong(1));
				acknowledged.add(row.getBoolean(2));
			}, part.arguments(event, Reject.ALONE));
		}
		alone.sort(Comparator.naturalOrder());
		for (InList ids : InList.parts(alone)) {
			this.jdbc.update("UPDATE SYNC_REJECT SET ORDINAL = NULL WHERE REJECT_ID IN (%s)".formatted(ids.places()),
					ids.after());
		}
		return acknowledged;
	}

	/**
	 * Lists the rejects that a restart must deliver: those of an earlier attempt of the
	 * same run, in scopes that are not fetched again.
	 * @param run the run
	 * @param after only rejects with higher numbers
	 * @param limit how many at most
	 * @return the rejects, by number
	 */
	public List<Reject> ofEarlierAttempts(RejectingRun run, long after, int limit) {
		return this.jdbc.query("SELECT * FROM SYNC_REJECT WHERE LINK = ? AND LAST_EVENT = ? AND " + WAITING + """
				 AND LAST_EXECUTION < ? AND ORDINAL IS NOT NULL AND NOT_RESTORABLE IS NULL AND REJECT_ID > ?
				ORDER BY REJECT_ID LIMIT ?""", Rejects::reject, run.link(), run.event(), run.execution(), after, limit);
	}

	/**
	 * Lists the rejects of this attempt that failed because of other records, which may
	 * have been delivered since.
	 * @param run the run
	 * @param after only rejects with higher numbers
	 * @param limit how many at most
	 * @return the rejects, by number
	 */
	public List<Reject> toTryLast(RejectingRun run, long after, int limit) {
		return this.jdbc.query(
				"SELECT * FROM SYNC_REJECT WHERE LINK = ? AND LAST_EVENT = ? AND " + WAITING
						+ """
								 AND LAST_EXECUTION = ? AND NOT_RESTORABLE IS NULL AND REJECT_ID > ? AND EXISTS (SELECT 1 FROM SYNC_TRY_LAST L
								  WHERE L.JOB_INSTANCE_ID = SYNC_REJECT.LAST_EVENT AND L.RECORD_ID = SYNC_REJECT.RECORD_ID)
								ORDER BY REJECT_ID LIMIT ?""",
				Rejects::reject, run.link(), run.event(), run.execution(), after, limit);
	}

	/**
	 * Lists the rejects that are due for a retry on their own: acknowledged and
	 * quarantined records whose time has come, and that this run has not met.
	 * @param run the run
	 * @param now the current time
	 * @param after only rejects with higher numbers
	 * @param limit how many at most
	 * @return the rejects, by number
	 */
	public List<Reject> due(RejectingRun run, Instant now, long after, int limit) {
		return this.jdbc.query("""
				SELECT * FROM SYNC_REJECT WHERE LINK = ? AND STATE IN ('ACKNOWLEDGED', 'QUARANTINED') AND NEXT_TRY <= ?
				  AND LAST_EVENT <> ? AND NOT_RESTORABLE IS NULL AND REJECT_ID > ? ORDER BY REJECT_ID LIMIT ?""",
				Rejects::reject, run.link(), utc(now), run.event(), after, limit);
	}

	/**
	 * Lists the rejects of a run that still wait, for its replay.
	 * @param link the Link's name
	 * @param replayed the Sync Event that is replayed
	 * @param event the Sync Event of the replay, whose own rejects are left out; 0 for
	 * none
	 * @param after only rejects with higher numbers
	 * @param limit how many at most
	 * @return the rejects, by number
	 */
	public List<Reject> toReplay(String link, long replayed, long event, long after, int limit) {
		return this.jdbc.query("""
				SELECT * FROM SYNC_REJECT WHERE %s AND NOT_RESTORABLE IS NULL AND LAST_EVENT <> ? AND REJECT_ID > ?
				ORDER BY REJECT_ID LIMIT ?""".formatted(MET_AND_WAITING), Rejects::reject, link, replayed, replayed,
				event, after, limit);
	}

	/**
	 * Counts the rejects of a run that still wait, but cannot be replayed because they
	 * cannot be retried on their own.
	 * @param link the Link's name
	 * @param replayed the Sync Event that is replayed
	 * @return the number
	 */
	public long notToReplay(String link, long replayed) {
		return Objects.requireNonNull(this.jdbc.queryForObject(
				"SELECT COUNT(*) FROM SYNC_REJECT WHERE " + MET_AND_WAITING + " AND NOT_RESTORABLE IS NOT NULL",
				Long.class, link, replayed, replayed));
	}

	/**
	 * Lists the records that a run currently counts as failed. Excludes those that it has
	 * delivered since, and those whose scope is fetched again.
	 * @param link the Link's name
	 * @param event the Sync Event
	 * @param limit how many at most
	 * @return the first ones, by number
	 */
	public List<RecordFailure> failing(String link, long event, int limit) {
		return failures("LINK = ? AND LAST_EVENT = ? AND ORDINAL IS NOT NULL AND STATE NOT IN ('DELIVERED', 'GONE') "
				+ "AND NOT (STATE = 'DISCARDED' AND CONTENT_ID = '')", link, event, limit);
	}

	/**
	 * Counts the rejects that a run met last, in any state.
	 * @param link the Link's name
	 * @param event the Sync Event
	 * @param limit where to stop counting
	 * @return the number, at most the limit
	 */
	public long countMet(String link, long event, int limit) {
		return Objects.requireNonNull(this.jdbc.queryForObject(
				"SELECT COUNT(*) FROM (SELECT 1 FROM SYNC_REJECT WHERE LINK = ? AND LAST_EVENT = ? LIMIT ?) MET",
				Long.class, link, event, limit));
	}

	/**
	 * Lists the records that failed in a run and in none since, in any state. For runs of
	 * versions that did not store which records had failed.
	 * @param link the Link's name
	 * @param event the Sync Event
	 * @param limit how many at most
	 * @return the first ones, by number
	 */
	public List<RecordFailure> metLast(String link, long event, int limit) {
		return failures("LINK = ? AND LAST_EVENT = ?", link, event, limit);
	}

	private List<RecordFailure> failures(String condition, String link, long event, int limit) {
		return this.jdbc.query(
				"SELECT ORDINAL, RECORD_KEY, MESSAGE FROM SYNC_REJECT WHERE %s ORDER BY REJECT_ID LIMIT ?"
					.formatted(condition),
				(row, number) -> new RecordFailure(scope(row), row.getString("RECORD_KEY"), row.getString("MESSAGE")),
				link, event, limit);
	}

	/**
	 * Lists the rejects that hold back the window of a Link: the open ones that a run has
	 * met since its last success. Earlier failures are no longer in the window.
	 * @param link the Link's name
	 * @param success the Sync Event of the last success; 0 for none
	 * @param limit how many at most
	 * @return the rejects, by number
	 */
	public List<Reject> holding(String link, long success, int limit) {
		return this.jdbc.query(
				"SELECT * FROM SYNC_REJECT WHERE LINK = ? AND " + HOLDING + " ORDER BY REJECT_ID LIMIT ?",
				Rejects::reject, link, success, success, limit);
	}

	/**
	 * Lists the waiting rejects of a Link. Those that hold back the window come first.
	 * @param link the Link's name
	 * @param limit how many at most
	 * @return the rejects
	 */
	public List<Reject> waiting(String link, int limit) {
		return this.jdbc.query("SELECT * FROM SYNC_REJECT WHERE LINK = ? AND " + WAITING + """
				ORDER BY CASE STATE WHEN 'OPEN' THEN 0 ELSE 1 END, REJECT_ID LIMIT ?""", Rejects::reject, link, limit);
	}

	/**
	 * Lists the newest rejects of a Link in given states. The cost does not depend on the
	 * number of rejects.
	 * @param link the Link's name
	 * @param states their states
	 * @param before only rejects with lower numbers; {@code Long.MAX_VALUE} for all
	 * @param limit how many at most
	 * @return the rejects, the highest number first
	 */
	public List<Reject> newest(String link, Set<State> states, long before, int limit) {
		return states.stream()
			.flatMap((state) -> this.jdbc
				.query("""
						SELECT * FROM SYNC_REJECT WHERE LINK = ? AND STATE = ? AND REJECT_ID < ?
						ORDER BY LINK DESC, STATE DESC, REJECT_ID DESC LIMIT ?""", Rejects::reject, link, state.name(),
						before, limit)
				.stream())
			.sorted(Comparator.comparing(Reject::id).reversed())
			.limit(limit)
			.toList();
	}

	/**
	 * Counts the waiting rejects of a Link. The cost is bounded, however many there are.
	 * @param link the Link's name
	 * @param success the Sync Event of its last success; 0 for none
	 * @return the number for each way of waiting
	 */
	public Map<Waiting, Backlog> backlog(String link, long success) {
		Map<Waiting, Backlog> backlog = new EnumMap<>(Waiting.class);
		List<Object> arguments = new ArrayList<>();
		String sql = Arrays.stream(Waiting.values()).map((waiting) -> {
			arguments.add(link);
			String condition = switch (waiting) {
				case HOLDING -> HOLDING;
				case LEFT -> "STATE = 'OPEN' AND NOT " + HOLDING;
				default -> "STATE = '%s'".formatted(waiting);
			};
			if (condition.contains("?")) {
				arguments.addAll(List.of(success, success));
			}
			return """
					SELECT '%s', COUNT(*), MIN(FIRST_SEEN) FROM (SELECT FIRST_SEEN FROM SYNC_REJECT
					  WHERE LINK = ? AND %s ORDER BY LINK, STATE, REJECT_ID LIMIT %d) %1$s_ONES""".formatted(waiting,
					condition, MOST_COUNTED);
		}).collect(Collectors.joining(" UNION ALL "));
		this.jdbc.query(sql, (row) -> {
			LocalDateTime oldest = row.getObject(3, LocalDateTime.class);
			backlog.put(Waiting.valueOf(row.getString(1)),
					new Backlog(row.getInt(2), (oldest != null) ? oldest.toInstant(ZoneOffset.UTC) : null));
		}, arguments.toArray());
		return backlog;
	}

	/**
	 * Finds a reject.
	 * @param id its number
	 * @return the reject, or empty when there is none with this number
	 */
	public Optional<Reject> find(long id) {
		return this.jdbc.query("SELECT * FROM SYNC_REJECT WHERE REJECT_ID = ?", Rejects::reject, id)
			.stream()
			.findFirst();
	}

	/**
	 * Acknowledges a reject, so that it does not fail runs. It stays stored, and is
	 * retried on its own from the next run on.
	 * @param id its number
	 * @param now the current time
	 * @return false when it is no longer waiting
	 */
	public boolean acknowledge(long id, Instant now) {
		return this.jdbc.update(
				"UPDATE SYNC_REJECT SET STATE = 'ACKNOWLEDGED', NEXT_TRY = ? WHERE REJECT_ID = ? AND " + WAITING,
				utc(now), id) > 0;
	}

	/**
	 * Discards a reject: this version of the record is not delivered, and fails no run.
	 * @param id its number
	 * @return false when it is no longer waiting
	 */
	public boolean discard(long id) {
		return this.jdbc.update(
				"UPDATE SYNC_REJECT SET STATE = 'DISCARDED', NEXT_TRY = NULL WHERE REJECT_ID = ? AND " + WAITING,
				id) > 0;
	}

	/**
	 * Acknowledges rejects, like {@link #acknowledge(long, Instant)}.
	 * @param ids their numbers, in order
	 * @param now the current time
	 * @return how many were changed; the others are no longer waiting
	 */
	public int acknowledge(Collection<Long> ids, Instant now) {
		return decide("STATE = 'ACKNOWLEDGED', NEXT_TRY = ?", ids, utc(now));
	}

	/**
	 * Discards rejects, like {@link #discard(long)}.
	 * @param ids their numbers, in order
	 * @return how many were changed; the others are no longer waiting
	 */
	public int discard(Collection<Long> ids) {
		return decide("STATE = 'DISCARDED', NEXT_TRY = NULL", ids);
	}

	private int decide(String change, Collection<Long> rejects, Object... values) {
		int changed = 0;
		for (InList ids : InList.parts(rejects)) {
			changed += this.jdbc.update("""
					UPDATE SYNC_REJECT /*! FORCE INDEX (PRIMARY) */ SET %s
					WHERE REJECT_ID IN (%s) AND %s""".formatted(change, ids.places(), WAITING), ids.after(values));
		}
		return changed;
	}

	/**
	 * Counts closed rejects.
	 * @param before only rejects last seen before this time
	 * @return the number
	 */
	public long countClosed(Instant before) {
		return CLOSED.stream()
			.mapToLong((state) -> Objects.requireNonNull(
					this.jdbc.queryForObject("SELECT COUNT(*) FROM SYNC_REJECT WHERE STATE = ? AND LAST_SEEN < ?",
							Long.class, state, utc(before))))
			.sum();
	}

	/**
	 * Deletes closed rejects. A discarded version fails again if a run meets it after
	 * that.
	 * @param before only rejects last seen before this time
	 * @param limit how many of each state at most
	 * @return how many were deleted
	 */
	public int removeClosed(Instant before, int limit) {
		int removed = 0;
		for (String state : CLOSED) {
			// locked, because a record that fails again in the meantime is waiting again
			List<Object[]> rejects = this.jdbc.query("""
					SELECT REJECT_ID, LINK, RECORD_ID FROM SYNC_REJECT WHERE STATE = ? AND LAST_SEEN < ?
					ORDER BY LAST_SEEN LIMIT ? FOR UPDATE""",
					(row, number) -> new Object[] { row.getLong(1), row.getString(2), row.getString(3) }, state,
					utc(before), limit);
			if (!rejects.isEmpty()) {
				this.jdbc.batchUpdate("DELETE FROM SYNC_REJECT_ROW WHERE LINK = ? AND RECORD_ID = ?",
						rejects.stream().map((reject) -> new Object[] { reject[1], reject[2] }).toList());
				this.jdbc.batchUpdate("DELETE FROM SYNC_REJECT WHERE REJECT_ID = ?",
						rejects.stream().map((reject) -> new Object[] { reject[0] }).toList());
				removed += rejects.size();
			}
		}
		return removed;
	}

	static Reject reject(ResultSet row, int number) throws SQLException {
		LocalDateTime nextTry = row.getObject("NEXT_TRY", LocalDateTime.class);
		return new Reject(row.getLong("REJECT_ID"), row.getString("LINK"), State.valueOf(row.getString("STATE")),
				row.getString("RECORD_KEY"), row.getString("KEY_PROPERTIES"),
				Operation.valueOf(row.getString("OPERATION")), Stage.valueOf(row.getString("STAGE")),
				row.getString("MESSAGE"), row.getString("PROPERTIES"), row.getString("NOT_RESTORABLE"),
				row.getInt("ATTEMPTS"), row.getLong("FIRST_EVENT"), row.getLong("LAST_EVENT"), scope(row),
				row.getBoolean("ACKNOWLEDGED"),
				row.getObject("FIRST_SEEN", LocalDateTime.class).toInstant(ZoneOffset.UTC),
				row.getObject("LAST_SEEN", LocalDateTime.class).toInstant(ZoneOffset.UTC),
				(nextTry != null) ? nextTry.toInstant(ZoneOffset.UTC) : null);
	}

	/** Returns no scope for records that failed outside all scopes. */
	private static @Nullable Long scope(ResultSet row) throws SQLException {
		long ordinal = row.getLong("ORDINAL");
		return (row.wasNull() || ordinal < 0) ? null : ordinal;
	}

	private static LocalDateTime utc(Instant time) {
		return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
	}

	private static @Nullable String cut(@Nullable String text, int length) {
		return (text == null || text.length() <= length) ? text : text.substring(0, length - 1) + "…";
	}

}
