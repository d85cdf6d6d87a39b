package io.deltasync.reject;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.deltasync.reject.Reject.State;
import io.deltasync.schema.Columns;
import io.deltasync.schema.Parts;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds the rejects of Links and of runs, and stores what a person decides about a
 * reject. There is at most one reject for each record of a Link. Thread-safe; every
 * method takes part in the caller's transaction.
 */
public class Rejects {

	static final int MOST_COUNTED = 10_000;

	/** The condition on rejects that wait to be delivered. */
	static final String WAITING = "STATE IN ('OPEN', 'ACKNOWLEDGED', 'QUARANTINED')";

	/** Open, and met by a run after the given success: in the window of the next run. */
	private static final String HOLDING = "(STATE = 'OPEN' AND (FIRST_EVENT > :success OR (LAST_EVENT > :success AND "
			+ "(ORDINAL IS NULL OR ORDINAL <> " + Reject.ALONE + "))))";

	private final JdbcClient jdbc;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 */
	public Rejects(JdbcTemplate jdbc) {
		this.jdbc = JdbcClient.create(jdbc);
	}

	/**
	 * Whether records of a Link wait to be delivered.
	 * @param link the Link's name
	 * @return true if there is at least one
	 */
	public boolean anyWaiting(String link) {
		return this.jdbc.sql("SELECT REJECT_ID FROM SYNC_REJECT WHERE LINK = ? AND %s LIMIT 1".formatted(WAITING))
			.param(link)
			.query(Long.class)
			.optional()
			.isPresent();
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
		return this.jdbc
			.sql("SELECT ORDINAL, RECORD_KEY, MESSAGE FROM SYNC_REJECT WHERE %s ORDER BY REJECT_ID LIMIT ?"
				.formatted(condition))
			.params(link, event, limit)
			.query((row, number) -> new RecordFailure(Reject.scope(row), row.getString("RECORD_KEY"),
					row.getString("MESSAGE")))
			.list();
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
		return this.jdbc
			.sql("SELECT * FROM SYNC_REJECT WHERE LINK = :link AND %s ORDER BY REJECT_ID LIMIT :limit"
				.formatted(HOLDING))
			.param("link", link)
			.param("success", success)
			.param("limit", limit)
			.query(Reject::read)
			.list();
	}

	/**
	 * Lists the waiting rejects of a Link. Those that hold back the window come first.
	 * @param link the Link's name
	 * @param limit how many at most
	 * @return the rejects
	 */
	public List<Reject> waiting(String link, int limit) {
		return this.jdbc.sql("""
				SELECT * FROM SYNC_REJECT WHERE LINK = ? AND %s
				ORDER BY CASE STATE WHEN 'OPEN' THEN 0 ELSE 1 END, REJECT_ID LIMIT ?""".formatted(WAITING))
			.params(link, limit)
			.query(Reject::read)
			.list();
	}

	/**
	 * Lists the waiting rejects of a Link page by page, in the order of
	 * {@link #waiting(String, int)}. The cost does not depend on the number of rejects.
	 * @param link the Link's name
	 * @param open true for those that hold back the window, false for the others
	 * @param after only rejects with higher numbers; 0 for all
	 * @param limit how many at most
	 * @return the rejects, the lowest number first
	 */
	public List<Reject> waiting(String link, boolean open, long after, int limit) {
		Set<State> states = open ? Set.of(State.OPEN) : Set.of(State.ACKNOWLEDGED, State.QUARANTINED);
		return states.stream()
			.flatMap((state) -> this.jdbc.sql("""
					SELECT * FROM SYNC_REJECT WHERE LINK = ? AND STATE = ? AND REJECT_ID > ?
					ORDER BY LINK, STATE, REJECT_ID LIMIT ?""")
				.params(link, state.name(), after, limit)
				.query(Reject::read)
				.list()
				.stream())
			.sorted(Comparator.comparingLong(Reject::id))
			.limit(limit)
			.toList();
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
			.flatMap((state) -> this.jdbc.sql("""
					SELECT * FROM SYNC_REJECT WHERE LINK = ? AND STATE = ? AND REJECT_ID < ?
					ORDER BY LINK DESC, STATE DESC, REJECT_ID DESC LIMIT ?""")
				.params(link, state.name(), before, limit)
				.query(Reject::read)
				.list()
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
		String sql = Arrays.stream(Waiting.values())
			.map((waiting) -> """
					SELECT '%s' WAITING, COUNT(*) REJECTS, MIN(FIRST_SEEN) OLDEST FROM (SELECT FIRST_SEEN FROM SYNC_REJECT
					  WHERE LINK = :link AND %s ORDER BY LINK, STATE, REJECT_ID LIMIT %d) %1$s_ONES"""
				.formatted(waiting, switch (waiting) {
					case HOLDING -> HOLDING;
					case LEFT -> "STATE = 'OPEN' AND NOT " + HOLDING;
					default -> "STATE = '%s'".formatted(waiting);
				}, MOST_COUNTED))
			.collect(Collectors.joining(" UNION ALL "));
		Map<Waiting, Backlog> backlog = new EnumMap<>(Waiting.class);
		this.jdbc.sql(sql).param("link", link).param("success", success).query((row) -> {
			backlog.put(Waiting.valueOf(row.getString("WAITING")),
					new Backlog(row.getInt("REJECTS"), Columns.instant(row, "OLDEST")));
		});
		return backlog;
	}

	/**
	 * Finds a reject.
	 * @param id its number
	 * @return the reject, or empty when there is none with this number
	 */
	public Optional<Reject> find(long id) {
		return this.jdbc.sql("SELECT * FROM SYNC_REJECT WHERE REJECT_ID = ?").param(id).query(Reject::read).optional();
	}

	/**
	 * Finds the reject of a record.
	 * @param link the Link's name
	 * @param recordId the digest of the record's key
	 * @return the reject in any state, or empty when the record has none
	 */
	public Optional<Reject> find(String link, String recordId) {
		return this.jdbc.sql("SELECT * FROM SYNC_REJECT WHERE LINK = ? AND RECORD_ID = ?")
			.params(link, recordId)
			.query(Reject::read)
			.optional();
	}

	/**
	 * Acknowledges a reject, so that it does not fail runs. It stays stored, and is
	 * retried on its own from the next run on.
	 * @param id its number
	 * @param now the current time
	 * @return false when it is no longer waiting
	 */
	public boolean acknowledge(long id, Instant now) {
		return acknowledge(List.of(id), now) > 0;
	}

	/**
	 * Discards a reject: this version of the record is not delivered, and fails no run.
	 * @param id its number
	 * @return false when it is no longer waiting
	 */
	public boolean discard(long id) {
		return discard(List.of(id)) > 0;
	}

	/**
	 * Acknowledges rejects, like {@link #acknowledge(long, Instant)}.
	 * @param ids their numbers, in order
	 * @param now the current time
	 * @return how many were changed; the others are no longer waiting
	 */
	public int acknowledge(Collection<Long> ids, Instant now) {
		return decide("STATE = 'ACKNOWLEDGED', NEXT_TRY = :now", ids, Map.of("now", Columns.utc(now)));
	}

	/**
	 * Discards rejects, like {@link #discard(long)}.
	 * @param ids their numbers, in order
	 * @return how many were changed; the others are no longer waiting
	 */
	public int discard(Collection<Long> ids) {
		return decide("STATE = 'DISCARDED', NEXT_TRY = NULL", ids, Map.of());
	}

	private int decide(String change, Collection<Long> rejects, Map<String, Object> values) {
		return Parts.<Long>of(rejects)
			.stream()
			.mapToInt((ids) -> this.jdbc.sql("""
					UPDATE SYNC_REJECT /*! FORCE INDEX (PRIMARY) */ SET %s
					WHERE REJECT_ID IN (:ids) AND %s""".formatted(change, WAITING))
				.params(values)
				.param("ids", ids)
				.update())
			.sum();
	}

	/**
	 * Returns whether a Sync Event has met a record without a key that is a waiting
	 * reject. Such a record may be any of the delivered ones.
	 * @param link the Link's name
	 * @param event the Sync Event
	 * @return whether there is one
	 */
	public boolean hasWithoutKey(String link, long event) {
		return !this.jdbc
			.sql("SELECT 1 FROM SYNC_REJECT WHERE LINK = ? AND LAST_EVENT = ? AND RECORD_KEY IS NULL AND %s LIMIT 1"
				.formatted(WAITING))
			.params(link, event)
			.query(Integer.class)
			.list()
			.isEmpty();
	}

}
