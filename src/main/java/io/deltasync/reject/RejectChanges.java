package io.deltasync.reject;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.deltasync.reject.Reject.State;
import io.deltasync.schema.Columns;
import io.deltasync.schema.OwnedRows;
import io.deltasync.schema.Parts;
import io.deltasync.schema.Product;
import io.deltasync.scope.Scopes;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores what becomes of records that runs meet: rejects, at most one for each record of
 * a Link. Thread-safe; every method takes part in the caller's transaction.
 * <p>
 * All lanes lock rejects in the order of their numbers. They update them by their
 * numbers; MySQL is forced to use this index, because a search would wait for the
 * uncommitted rows of other lanes, and they for this one.
 */
public class RejectChanges {

	private static final String SUPERSEDED = "another version of the record was being written to the target when a run was "
			+ "interrupted, so this version is not retried; a run that fetches the record delivers it";

	private final JdbcClient jdbc;

	private final OwnedRows rows;

	private final Product product;

	private final RejectWriter writer;

	private final ScopeFailures scopeFailures;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 * @param product its product
	 */
	public RejectChanges(JdbcTemplate jdbc, Product product) {
		this.jdbc = JdbcClient.create(jdbc);
		this.rows = new OwnedRows(product);
		this.product = product;
		this.scopeFailures = new ScopeFailures(jdbc, product);
		this.writer = new RejectWriter(jdbc, product, this.scopeFailures);
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
	 * Counts the rejects that a run met last, in any state.
	 * @param link the Link's name
	 * @param event the Sync Event
	 * @param limit where to stop counting
	 * @return the number, at most the limit
	 */
	public long countMet(String link, long event, int limit) {
		return this.jdbc
			.sql("SELECT COUNT(*) FROM (SELECT 1 FROM SYNC_REJECT WHERE LINK = ? AND LAST_EVENT = ? LIMIT ?) MET")
			.params(link, event, limit)
			.query(Long.class)
			.single();
	}

	/**
	 * Lists the scopes whose records a run has failed to deliver and that only a fetch
	 * can deliver: their rejects are open.
	 * @param link the Link's name
	 * @param event the Sync Event
	 * @return the ordinals of the scopes
	 */
	public Set<Long> openScopes(String link, long event) {
		return this.jdbc.sql(
				"SELECT DISTINCT ORDINAL FROM SYNC_REJECT WHERE LINK = ? AND LAST_EVENT = ? AND STATE = 'OPEN' AND ORDINAL >= 0")
			.params(link, event)
			.query(Long.class)
			.set();
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
		for (List<Long> ids : Parts.<Long>of(waiting.stream().map(WaitingVersion::id).toList())) {
			this.jdbc.sql("""
					UPDATE SYNC_REJECT /*! FORCE INDEX (PRIMARY) */
					SET STATE = :state, CONTENT_ID = '', NOT_RESTORABLE = NULL, NEXT_TRY = NULL, LAST_SEEN = :now
					WHERE REJECT_ID IN (:ids) AND %s""".formatted(Rejects.WAITING))
				.param("state", state.name())
				.param("now", Columns.utc(now))
				.param("ids", ids)
				.update();
		}
		return waiting;
	}

	private void remember(List<Long> rejects, long event) {
		for (List<Long> ids : Parts.<Long>of(rejects)) {
			this.jdbc.sql("DELETE FROM SYNC_REJECT_FORMER WHERE REJECT_ID IN (:ids)").param("ids", ids).update();
			this.jdbc
				.sql("""
						INSERT INTO SYNC_REJECT_FORMER (REJECT_ID, STATE, CONTENT_ID)
						SELECT REJECT_ID, STATE, CONTENT_ID FROM SYNC_REJECT
						WHERE %s AND (STATE <> 'OPEN' OR LAST_EVENT <> :event) AND REJECT_ID IN (:ids)"""
					.formatted(Rejects.WAITING))
				.param("event", event)
				.param("ids", ids)
				.update();
		}
	}

	/**
	 * Marks rejects as superseded before another version of the same records is written.
	 * They are not retried on their own from now on, because the content of the target is
	 * unknown until {@link #close} or {@link #failed} is called.
	 * @param rejects the numbers of the rejects, in the same order in all lanes
	 */
	public void supersede(List<Long> rejects) {
		for (List<Long> ids : Parts.<Long>of(rejects)) {
			this.jdbc.sql("""
					UPDATE SYNC_REJECT /*! FORCE INDEX (PRIMARY) */ SET NOT_RESTORABLE = :why
					WHERE REJECT_ID IN (:ids) AND NOT_RESTORABLE IS NULL AND %s""".formatted(Rejects.WAITING))
				.param("why", SUPERSEDED)
				.param("ids", ids)
				.update();
		}
	}

	/**
	 * Lists the versions that wait to be delivered.
	 * @param link the Link's name
	 * @param recordIds the digests of the records' keys
	 * @return the versions, by number
	 */
	public List<WaitingVersion> waitingVersions(String link, Collection<String> recordIds) {
		List<WaitingVersion> waiting = new ArrayList<>();
		for (OwnedRows.Part part : records(link, recordIds)) {
			waiting.addAll(this.jdbc.sql("""
					SELECT REJECT_ID, RECORD_ID, CONTENT_ID, NOT ACKNOWLEDGED, LAST_EVENT, ORDINAL FROM SYNC_REJECT
					WHERE %s AND %s""".formatted(Rejects.WAITING, part.condition()))
				.params(part.parameters())
				.query((row, number) -> new WaitingVersion(row.getLong(1), row.getString(2), row.getString(3),
						row.getBoolean(4), row.getLong(5), (Long) row.getObject(6)))
				.list());
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
		return this.jdbc
			.sql("SELECT RECORD_ID FROM SYNC_REJECT WHERE LINK = ? AND %s LIMIT ?".formatted(Rejects.WAITING))
			.params(link, limit)
			.query(String.class)
			.list();
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
			rejects.addAll(this.jdbc.sql("SELECT REJECT_ID FROM SYNC_REJECT WHERE " + part.condition())
				.params(part.parameters())
				.query(Long.class)
				.list());
		}
		rejects.sort(Comparator.naturalOrder());
		for (List<Long> ids : Parts.<Long>of(rejects)) {
			this.jdbc.sql("""
					SELECT REJECT_ID FROM SYNC_REJECT /*! FORCE INDEX (PRIMARY) */
					WHERE REJECT_ID IN (:ids) ORDER BY REJECT_ID FOR UPDATE""")
				.param("ids", ids)
				.query(Long.class)
				.list();
		}
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
		if (scopes.isEmpty() || changed == limit) {
			return changed;
		}
		return changed + this.jdbc
			.sql(this.product.some("UPDATE SYNC_REJECT SET ORDINAL = NULL", "SYNC_REJECT",
					"LINK = :link AND LAST_EVENT = :event AND ORDINAL IS NOT NULL"
							+ ((scopes.ordinals() != null) ? " AND ORDINAL IN (:ordinals)" : ""),
					":limit"))
			.param("link", link)
			.param("event", event)
			.param("ordinals", scopes.ordinals())
			.param("limit", limit - changed)
			.update();
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
			this.jdbc.sql("""
					SELECT REJECT_ID, ACKNOWLEDGED FROM SYNC_REJECT
					WHERE LAST_EVENT = :event AND ORDINAL = :alone AND STATE NOT IN ('DELIVERED', 'GONE')
					  AND %s""".formatted(part.condition()))
				.param("event", event)
				.param("alone", Reject.ALONE)
				.params(part.parameters())
				.query((row) -> {
					alone.add(row.getLong(1));
					acknowledged.add(row.getBoolean(2));
				});
		}
		alone.sort(Comparator.naturalOrder());
		for (List<Long> ids : Parts.<Long>of(alone)) {
			this.jdbc.sql("UPDATE SYNC_REJECT SET ORDINAL = NULL WHERE REJECT_ID IN (:ids)").param("ids", ids).update();
		}
		return acknowledged;
	}

}
