package io.deltasync.reject;

import java.time.Instant;
import java.util.List;

import io.deltasync.schema.Columns;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds the rejects that a run delivers on its own from their stored properties.
 * Thread-safe; every method takes part in the caller's transaction.
 */
public class RejectsToDeliver {

	private static final String MET_AND_WAITING = "LINK = ? AND " + Rejects.WAITING
			+ " AND FIRST_EVENT <= ? AND LAST_EVENT >= ?";

	/**
	 * Rejects that a version of DeltaSync has stored that compared keys by their texts.
	 */
	private static final String OF_FORMER_VERSIONS = """
			SELECT * FROM SYNC_REJECT WHERE LINK = ? AND %s AND REJECT_ID > ? AND NOT EXISTS (
			  SELECT 1 FROM SYNC_REJECT_ROW W WHERE W.LINK = SYNC_REJECT.LINK AND W.RECORD_ID = SYNC_REJECT.RECORD_ID)
			ORDER BY REJECT_ID LIMIT ?""";

	private final JdbcClient jdbc;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 */
	public RejectsToDeliver(JdbcTemplate jdbc) {
		this.jdbc = JdbcClient.create(jdbc);
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
		return find("""
				SELECT * FROM SYNC_REJECT WHERE LINK = ? AND LAST_EVENT = ? AND %s AND LAST_EXECUTION < ?
				  AND ORDINAL IS NOT NULL AND NOT_RESTORABLE IS NULL AND REJECT_ID > ?
				ORDER BY REJECT_ID LIMIT ?""".formatted(Rejects.WAITING), run.link(), run.event(), run.execution(),
				after, limit);
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
		return find("""
				SELECT * FROM SYNC_REJECT WHERE LINK = ? AND LAST_EVENT = ? AND %s AND LAST_EXECUTION = ?
				  AND NOT_RESTORABLE IS NULL AND REJECT_ID > ? AND EXISTS (SELECT 1 FROM SYNC_TRY_LAST L
				  WHERE L.JOB_INSTANCE_ID = SYNC_REJECT.LAST_EVENT AND L.RECORD_ID = SYNC_REJECT.RECORD_ID)
				ORDER BY REJECT_ID LIMIT ?""".formatted(Rejects.WAITING), run.link(), run.event(), run.execution(),
				after, limit);
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
		return find("""
				SELECT * FROM SYNC_REJECT WHERE LINK = ? AND STATE IN ('ACKNOWLEDGED', 'QUARANTINED') AND NEXT_TRY <= ?
				  AND LAST_EVENT <> ? AND NOT_RESTORABLE IS NULL AND REJECT_ID > ? ORDER BY REJECT_ID LIMIT ?""",
				run.link(), Columns.utc(now), run.event(), after, limit);
	}

	/**
	 * Whether a reject is due for a retry on its own.
	 * @param link the Link's name
	 * @param now the current time
	 * @return true if the next run retries one
	 */
	public boolean isAnyDue(String link, Instant now) {
		return !this.jdbc.sql("""
				SELECT REJECT_ID FROM SYNC_REJECT WHERE LINK = ? AND STATE IN ('ACKNOWLEDGED', 'QUARANTINED')
				AND NEXT_TRY <= ? AND NOT_RESTORABLE IS NULL LIMIT 1""")
			.params(link, Columns.utc(now))
			.query(Long.class)
			.list()
			.isEmpty();
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
		return find("""
				SELECT * FROM SYNC_REJECT WHERE %s AND NOT_RESTORABLE IS NULL AND LAST_EVENT <> ? AND REJECT_ID > ?
				ORDER BY REJECT_ID LIMIT ?""".formatted(MET_AND_WAITING), link, replayed, replayed, event, after,
				limit);
	}

	private List<Reject> find(String sql, Object... parameters) {
		return this.jdbc.sql(sql).params(parameters).query(Reject::read).list();
	}

	/**
	 * Counts the rejects of a run that still wait, but cannot be replayed because they
	 * cannot be retried on their own.
	 * @param link the Link's name
	 * @param replayed the Sync Event that is replayed
	 * @return the number
	 */
	public long notToReplay(String link, long replayed) {
		return this.jdbc
			.sql("SELECT COUNT(*) FROM SYNC_REJECT WHERE %s AND NOT_RESTORABLE IS NOT NULL".formatted(MET_AND_WAITING))
			.params(link, replayed, replayed)
			.query(Long.class)
			.single();
	}

	/**
	 * Stores that a reject cannot be recreated.
	 * @param id its number
	 * @param why the reason
	 */
	public void cannotRestore(long id, String why) {
		this.jdbc.sql("UPDATE SYNC_REJECT SET NOT_RESTORABLE = ? WHERE REJECT_ID = ?")
			.params(Columns.cut(why, RejectWriter.MAX_KEY), id)
			.update();
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
		return find(OF_FORMER_VERSIONS.formatted(Rejects.WAITING), link, after, limit);
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
		return find(OF_FORMER_VERSIONS.formatted("STATE = 'DISCARDED' AND CONTENT_ID <> ''"), link, after, limit);
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
			this.jdbc.sql("UPDATE SYNC_REJECT SET RECORD_ID = ?, CONTENT_ID = ? WHERE REJECT_ID = ?")
				.params(recordId, contentId, id)
				.update();
			return true;
		}
		catch (DuplicateKeyException ex) {
			return false;
		}
	}

}
