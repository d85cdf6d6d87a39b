package io.deltasync.reject;

import java.time.Instant;
import java.util.List;

import io.deltasync.reject.Reject.State;
import io.deltasync.schema.Columns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds and closes waiting rejects whose records a run has not met. Thread-safe; every
 * method takes part in the caller's transaction.
 */
public class UnmetRejects {

	private final JdbcClient jdbc;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 */
	public UnmetRejects(JdbcTemplate jdbc) {
		this.jdbc = JdbcClient.create(jdbc);
	}

	/**
	 * Lists rejects of records that a run has not met, or whose scope it has fetched
	 * again without meeting them. Excludes deletions that the source has returned: they
	 * remain valid until the source returns the record again.
	 * @param link the Link's name
	 * @param since only rejects that were met after this Sync Event; 0 for all
	 * @param event the Sync Event of the run
	 * @param after only rejects with higher numbers
	 * @param limit how many at most
	 * @return the rejects, by number
	 */
	public List<Unmet> find(String link, long since, long event, long after, int limit) {
		return this.jdbc.sql("""
				SELECT REJECT_ID, STATE, FIRST_EVENT, LAST_EVENT, ORDINAL FROM SYNC_REJECT
				WHERE LINK = ? AND LAST_EVENT > ? AND (LAST_EVENT < ? OR (LAST_EVENT = ? AND ORDINAL IS NULL))
				  AND (OPERATION <> 'DELETE' OR ORDINAL = ?) AND %s AND REJECT_ID > ?
				ORDER BY REJECT_ID LIMIT ?""".formatted(Rejects.WAITING))
			.params(link, since, event, event, Reject.DELETION, after, limit)
			.query((row, number) -> new Unmet(row.getLong(1), State.valueOf(row.getString(2)), row.getLong(3),
					row.getLong(4), (Long) row.getObject(5)))
			.list();
	}

	/**
	 * Closes rejects whose records are gone at the source. They stay stored.
	 * @param rejects their numbers, some hundreds at most; may be empty
	 * @param now the current time
	 */
	public void close(List<Long> rejects, Instant now) {
		if (!rejects.isEmpty()) {
			this.jdbc.sql("""
					UPDATE SYNC_REJECT SET STATE = 'GONE', NEXT_TRY = NULL, LAST_SEEN = :now
					WHERE REJECT_ID IN (:ids) AND %s""".formatted(Rejects.WAITING))
				.param("now", Columns.utc(now))
				.param("ids", rejects)
				.update();
		}
	}

	/**
	 * A reject whose record a run has not met.
	 *
	 * @param id its number
	 * @param state the state in which it waits
	 * @param firstEvent the first run in which the record failed
	 * @param lastEvent the last of these runs
	 * @param ordinal the scope there; negative when it was retried outside all scopes,
	 * null when its scope was fetched again
	 */
	public record Unmet(long id, State state, long firstEvent, long lastEvent, @Nullable Long ordinal) {

		/** Whether its last run met it in a scope. */
		public boolean wasFetched() {
			return this.ordinal == null || this.ordinal >= 0;
		}

	}

}
