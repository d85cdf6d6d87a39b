package io.deltasync.reject;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.deltasync.reject.Reject.State;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Finds and closes waiting rejects whose records a run has not met. Thread-safe; every
 * method takes part in the caller's transaction.
 */
public class UnmetRejects {

	private final JdbcTemplate jdbc;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 */
	public UnmetRejects(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
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
		return this.jdbc.query("""
				SELECT REJECT_ID, STATE, FIRST_EVENT, LAST_EVENT, ORDINAL FROM SYNC_REJECT
				WHERE LINK = ? AND LAST_EVENT > ? AND (LAST_EVENT < ? OR (LAST_EVENT = ? AND ORDINAL IS NULL))
				  AND (OPERATION <> 'DELETE' OR ORDINAL = ?) AND %s AND REJECT_ID > ?
				ORDER BY REJECT_ID LIMIT ?""".formatted(Rejects.WAITING),
				(row, number) -> new Unmet(row.getLong(1), State.valueOf(row.getString(2)), row.getLong(3),
						row.getLong(4), (Long) row.getObject(5)),
				link, since, event, event, Reject.DELETION, after, limit);
	}

	/**
	 * Closes rejects whose records are gone at the source. They stay stored.
	 * @param rejects their numbers, some hundreds at most; may be empty
	 * @param now the current time
	 */
	public void close(List<Long> rejects, Instant now) {
		if (rejects.isEmpty()) {
			return;
		}
		List<Object> arguments = new ArrayList<>(List.of(LocalDateTime.ofInstant(now, ZoneOffset.UTC)));
		arguments.addAll(rejects);
		this.jdbc.update(
				"""
						UPDATE SYNC_REJECT SET STATE = 'GONE', NEXT_TRY = NULL, LAST_SEEN = ?
						WHERE REJECT_ID IN (%s) AND %s"""
					.formatted(String.join(", ", Collections.nCopies(rejects.size(), "?")), Rejects.WAITING),
				arguments.toArray());
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
