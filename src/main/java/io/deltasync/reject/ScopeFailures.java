package io.deltasync.reject;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.deltasync.schema.OwnedRows;
import io.deltasync.schema.Parts;
import io.deltasync.schema.Product;
import io.deltasync.scope.ScopeRows;
import io.deltasync.scope.Scopes;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores the scopes in which runs count a record as failed, other than the one that its
 * reject shows. If a record has failed in several scopes, its delivery ends all these
 * failures. Thread-safe; every method takes part in the caller's transaction.
 */
public class ScopeFailures {

	private final JdbcTemplate template;

	private final JdbcClient jdbc;

	private final OwnedRows rows;

	private final ScopeRows scopes;

	ScopeFailures(JdbcTemplate jdbc, Product product) {
		this.template = jdbc;
		this.jdbc = JdbcClient.create(jdbc);
		this.rows = new OwnedRows(product);
		this.scopes = new ScopeRows(jdbc, product);
	}

	/**
	 * Finds the other scopes in which records failed.
	 * @param event the Sync Event
	 * @param recordIds the digests that identify the records
	 * @return the other scopes of each record that has any
	 */
	Map<String, Map<Long, Failure>> find(long event, Collection<String> recordIds) {
		Map<String, Map<Long, Failure>> found = new HashMap<>();
		for (OwnedRows.Part part : this.rows.of("JOB_INSTANCE_ID", event, "RECORD_ID", recordIds)) {
			this.jdbc
				.sql("SELECT RECORD_ID, ORDINAL, CONTENT_ID, ACKNOWLEDGED FROM SYNC_REJECT_SCOPE WHERE "
						+ part.condition())
				.params(part.parameters())
				.query((row) -> {
					found.computeIfAbsent(row.getString(1), (id) -> new TreeMap<>())
						.put(row.getLong(2), new Failure(row.getString(3), row.getBoolean(4)));
				});
		}
		return found;
	}

	/**
	 * Stores the other scopes in which records failed. Replaces those stored before.
	 * @param event the Sync Event
	 * @param records the scopes by the digest of each record; may be empty
	 */
	void replace(long event, Map<String, Map<Long, Failure>> records) {
		if (records.isEmpty()) {
			return;
		}
		for (OwnedRows.Part part : this.rows.of("JOB_INSTANCE_ID", event, "RECORD_ID", records.keySet())) {
			this.jdbc.sql("DELETE FROM SYNC_REJECT_SCOPE WHERE " + part.condition()).params(part.parameters()).update();
		}
		List<Object[]> rows = new ArrayList<>();
		records.forEach((recordId, scopes) -> scopes.forEach((ordinal, failure) -> rows
			.add(new Object[] { event, recordId, ordinal, failure.contentId(), failure.acknowledged() })));
		this.template.batchUpdate(
				"INSERT INTO SYNC_REJECT_SCOPE "
						+ "(JOB_INSTANCE_ID, RECORD_ID, ORDINAL, CONTENT_ID, ACKNOWLEDGED) VALUES (?, ?, ?, ?, ?)",
				rows);
	}

	/**
	 * Lists the failures that end with the present change of rejects: those of the same
	 * version, and those of earlier scopes. Another version in a later scope may be
	 * newer.
	 * @param event the Sync Event
	 * @param rejects the numbers of waiting rejects that are about to be closed
	 * @return the failures
	 */
	public List<Other> ending(long event, Collection<Long> rejects) {
		List<Other> others = new ArrayList<>();
		for (List<Long> ids : Parts.<Long>of(rejects)) {
			others.addAll(this.jdbc.sql("""
					SELECT R.REJECT_ID, S.RECORD_ID, S.ORDINAL, S.ACKNOWLEDGED FROM SYNC_REJECT R
					JOIN SYNC_REJECT_SCOPE S ON S.JOB_INSTANCE_ID = R.LAST_EVENT AND S.RECORD_ID = R.RECORD_ID
					WHERE R.LAST_EVENT = :event AND (S.ORDINAL < R.ORDINAL OR S.CONTENT_ID = R.CONTENT_ID)
					  AND R.REJECT_ID IN (:ids)""")
				.param("event", event)
				.param("ids", ids)
				.query((row, number) -> new Other(row.getLong(1), row.getString(2), row.getLong(3), row.getBoolean(4)))
				.list());
		}
		return others;
	}

	/**
	 * Deletes failures that have ended.
	 * @param event the Sync Event
	 * @param others the failures; may be empty
	 */
	public void delete(long event, Collection<Other> others) {
		change("DELETE FROM SYNC_REJECT_SCOPE", event, others);
	}

	/**
	 * Stores that a run counts failures as acknowledged.
	 * @param event the Sync Event
	 * @param others the failures; may be empty
	 */
	public void acknowledge(long event, Collection<Other> others) {
		change("UPDATE SYNC_REJECT_SCOPE SET ACKNOWLEDGED = TRUE", event, others);
	}

	private void change(String change, long event, Collection<Other> others) {
		if (!others.isEmpty()) {
			this.template.batchUpdate(change + " WHERE JOB_INSTANCE_ID = ? AND ORDINAL = ? AND RECORD_ID = ?",
					others.stream().map((other) -> new Object[] { event, other.ordinal(), other.recordId() }).toList());
		}
	}

	/**
	 * Deletes failures in scopes that are fetched again.
	 * @param event the Sync Event
	 * @param scopes the scopes
	 * @param limit how many failures at most
	 * @return how many were deleted
	 */
	public int forget(long event, Scopes scopes, int limit) {
		return this.scopes.delete("SYNC_REJECT_SCOPE", event, scopes, limit);
	}

	/**
	 * A failure in a scope.
	 *
	 * @param contentId the digest of the version that failed
	 * @param acknowledged whether the run counts it as acknowledged
	 */
	record Failure(String contentId, boolean acknowledged) {

	}

	/**
	 * A failure in another scope than the one that the reject shows.
	 *
	 * @param reject the number of the reject
	 * @param recordId the digest that identifies the record
	 * @param ordinal the scope
	 * @param acknowledged whether the run counts it as acknowledged
	 */
	public record Other(long reject, String recordId, long ordinal, boolean acknowledged) {

	}

}
