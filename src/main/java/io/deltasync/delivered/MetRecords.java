package io.deltasync.delivered;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.deltasync.schema.OwnedRows;
import io.deltasync.schema.OwnedRows.Part;
import io.deltasync.schema.Product;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds in the delivery index which records a full run has met, and which it has not.
 * Thread-safe; every method takes part in the caller's transaction.
 */
public class MetRecords {

	private static final String UNSEEN = "LAST_EVENT <> :event AND SOURCE_KEY IS NOT NULL AND TARGET_KEY IS NOT NULL";

	private final JdbcClient jdbc;

	private final OwnedRows rows;

	/**
	 * Creates the queries.
	 * @param jdbc the JobRepository's database
	 * @param product its product
	 */
	public MetRecords(JdbcTemplate jdbc, Product product) {
		this.jdbc = JdbcClient.create(jdbc);
		this.rows = new OwnedRows(product);
	}

	/**
	 * Finds which rows a run has met.
	 * @param link the Link's name
	 * @param event the Sync Event
	 * @param rowIds the digests of their keys as the target compares keys
	 * @return those that it has met
	 */
	public Set<String> met(String link, long event, Collection<String> rowIds) {
		Set<String> met = new HashSet<>();
		for (Part part : this.rows.of("LINK", link, "ROW_ID", rowIds)) {
			met.addAll(this.jdbc
				.sql("SELECT ROW_ID FROM SYNC_DELIVERED_ROW WHERE LAST_EVENT = :event AND " + part.condition())
				.param("event", event)
				.params(part.parameters())
				.query(String.class)
				.list());
		}
		return met;
	}

	/**
	 * Lists obsolete entries of rows that a run has met. These rows have two entries: the
	 * run has met them under the digest of the key as the target compares it; the
	 * obsolete entry has the digest of the source's key, from a time at which the target
	 * could not compare it.
	 * @param link the Link's name
	 * @param target the digest of the target
	 * @param event the Sync Event
	 * @param limit how many at most
	 * @return the digests of the obsolete entries
	 */
	public List<String> metByTargetKey(String link, String target, long event, int limit) {
		return this.jdbc
			.sql("""
					SELECT D.ROW_ID FROM SYNC_DELIVERED_ROW D
					WHERE D.LINK = ? AND D.TARGET_ID = ? AND D.ROW_ID >= 'source:' AND D.ROW_ID < 'source;' AND D.LAST_EVENT <> ?
					  AND EXISTS (SELECT 1 FROM SYNC_DELIVERED_ROW M
					  WHERE M.LINK = D.LINK AND M.SOURCE_ID = D.SOURCE_ID AND M.LAST_EVENT = ?)
					ORDER BY D.ROW_ID LIMIT ?""")
			.params(link, target, event, event, limit)
			.query(String.class)
			.list();
	}

	/**
	 * Counts the delivered records that a run has met and those that it has not.
	 * @param link the Link's name
	 * @param target the digest of its target
	 * @param event the Sync Event
	 * @return the counts
	 */
	public DeliveredCounts count(String link, String target, long event) {
		return this.jdbc.sql("""
				SELECT COUNT(*), COALESCE(SUM(CASE WHEN LAST_EVENT <> :event THEN 1 ELSE 0 END), 0),
				  COALESCE(SUM(CASE WHEN %s THEN 1 ELSE 0 END), 0)
				FROM SYNC_DELIVERED_ROW WHERE LINK = :link AND TARGET_ID = :target""".formatted(UNSEEN))
			.param("event", event)
			.param("link", link)
			.param("target", target)
			.query((row, number) -> new DeliveredCounts(row.getLong(1), row.getLong(2), row.getLong(3)))
			.single();
	}

	/**
	 * Lists records that a run did not meet and that can be deleted at the target.
	 * @param link the Link's name
	 * @param target the digest of its target
	 * @param event the Sync Event
	 * @param after only records with a greater id; empty for the first
	 * @param limit how many at most
	 * @return the records, by id
	 */
	public List<UnseenRecord> unseen(String link, String target, long event, String after, int limit) {
		return this.jdbc.sql("""
				SELECT ROW_ID, SOURCE_KEY, TARGET_KEY FROM SYNC_DELIVERED_ROW
				WHERE LINK = :link AND TARGET_ID = :target AND ROW_ID > :after AND %s
				ORDER BY ROW_ID LIMIT :limit""".formatted(UNSEEN))
			.param("link", link)
			.param("target", target)
			.param("after", after)
			.param("event", event)
			.param("limit", limit)
			.query((row, number) -> new UnseenRecord(row.getString(1), row.getString(2), row.getString(3)))
			.list();
	}

	/**
	 * Finds delivered records that can be deleted at the target.
	 * @param link the Link's name
	 * @param target the digest of its target
	 * @param rowIds the digests of their keys as the target compares keys
	 * @return those that were delivered
	 */
	public List<UnseenRecord> deletable(String link, String target, Collection<String> rowIds) {
		List<UnseenRecord> found = new ArrayList<>();
		for (Part part : this.rows.of("LINK", link, "ROW_ID", rowIds)) {
			found.addAll(this.jdbc
				.sql("""
						SELECT ROW_ID, SOURCE_KEY, TARGET_KEY FROM SYNC_DELIVERED_ROW
						WHERE TARGET_ID = :target AND SOURCE_KEY IS NOT NULL AND TARGET_KEY IS NOT NULL AND %s"""
					.formatted(part.condition()))
				.param("target", target)
				.params(part.parameters())
				.query((row, number) -> new UnseenRecord(row.getString(1), row.getString(2), row.getString(3)))
				.list());
		}
		return found;
	}

}
