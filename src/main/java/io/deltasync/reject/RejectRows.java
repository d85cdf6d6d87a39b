package io.deltasync.reject;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

import io.deltasync.schema.OwnedRows;
import io.deltasync.schema.Parts;
import io.deltasync.schema.Product;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores which target rows rejected records belong to. Records with different keys at the
 * source may belong to the same row; the older one must then not be written over the
 * newer one. Thread-safe; every method takes part in the caller's transaction.
 */
public class RejectRows {

	private static final String SUPERSEDED = "a later record of the source goes to the same row of the target, so this "
			+ "one is not retried on its own; a run that fetches it again delivers it";

	/**
	 * Stands for a record's digest: the discarded rejects of a Link have been identified.
	 */
	private static final String DISCARDED = "discarded";

	private final JdbcTemplate template;

	private final JdbcClient jdbc;

	private final OwnedRows rows;

	private final String store;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 * @param product its product
	 */
	public RejectRows(JdbcTemplate jdbc, Product product) {
		this.template = jdbc;
		this.jdbc = JdbcClient.create(jdbc);
		this.rows = new OwnedRows(product);
		this.store = product.upsert("SYNC_REJECT_ROW", List.of("LINK", "RECORD_ID"), List.of("ROW_ID"));
	}

	/**
	 * Stores the rows of records that have just failed.
	 * @param link the Link's name
	 * @param rows the digest of each row's key by the digest of the record's key at the
	 * source; null where the target cannot compare keys
	 */
	public void store(String link, SortedMap<String, @Nullable String> rows) {
		List<Map.Entry<String, @Nullable String>> entries = List.copyOf(rows.entrySet());
		this.template.batchUpdate(this.store, entries, entries.size(), (statement, entry) -> {
			statement.setString(1, link);
			statement.setString(2, entry.getKey());
			statement.setString(3, entry.getValue());
		});
	}

	/**
	 * Stores the row of a reject that has none yet.
	 * @param id the number of the reject
	 * @param rowId the digest of the row's key; null where it is not known
	 */
	public void store(long id, @Nullable String rowId) {
		this.jdbc.sql("""
				INSERT INTO SYNC_REJECT_ROW (LINK, RECORD_ID, ROW_ID)
				SELECT LINK, RECORD_ID, ? FROM SYNC_REJECT WHERE REJECT_ID = ?""").param(rowId).param(id).update();
	}

	/**
	 * Whether the discarded rejects of earlier versions of DeltaSync have been
	 * identified.
	 * @param link the Link's name
	 * @return false before the first call of {@link #discardedAreIdentified}
	 */
	public boolean areDiscardedIdentified(String link) {
		return this.jdbc.sql("SELECT RECORD_ID FROM SYNC_REJECT_ROW WHERE LINK = ? AND RECORD_ID = ?")
			.params(link, DISCARDED)
			.query(String.class)
			.optional()
			.isPresent();
	}

	/**
	 * Stores that the discarded rejects have been identified, so that no later run
	 * searches for them.
	 * @param link the Link's name
	 */
	public void discardedAreIdentified(String link) {
		this.jdbc.sql(this.store).params(Arrays.asList(link, DISCARDED, null)).update();
	}

	/**
	 * Lists the rejects that wait to be delivered to rows.
	 * @param link the Link's name
	 * @param rowIds the digests of the rows' keys, at most as many as a batch has records
	 * @return the rejects, by number
	 */
	public List<WaitingInRow> waiting(String link, Collection<String> rowIds) {
		List<WaitingInRow> waiting = new ArrayList<>();
		for (OwnedRows.Part part : this.rows.of("W.LINK", link, "W.ROW_ID", rowIds)) {
			waiting.addAll(this.jdbc.sql("""
					SELECT W.ROW_ID, R.REJECT_ID, R.RECORD_ID, R.LAST_EVENT FROM SYNC_REJECT_ROW W
					JOIN SYNC_REJECT R ON R.LINK = W.LINK AND R.RECORD_ID = W.RECORD_ID
					WHERE R.%s AND %s""".formatted(Rejects.WAITING, part.condition()))
				.params(part.parameters())
				.query((row, number) -> new WaitingInRow(row.getString(1), row.getLong(2), row.getString(3),
						row.getLong(4)))
				.list());
		}
		waiting.sort(Comparator.comparing(WaitingInRow::id));
		return waiting;
	}

	/**
	 * Marks rejects as superseded, so that they are not retried on their own: a later
	 * record is written to their row.
	 * @param rejects the numbers of the rejects, in the same order in all lanes
	 */
	public void supersede(Collection<Long> rejects) {
		for (List<Long> ids : Parts.<Long>of(rejects)) {
			this.jdbc.sql("""
					UPDATE SYNC_REJECT /*! FORCE INDEX (PRIMARY) */ SET NOT_RESTORABLE = :why
					WHERE NOT_RESTORABLE IS NULL AND %s AND REJECT_ID IN (:ids)""".formatted(Rejects.WAITING))
				.param("why", SUPERSEDED)
				.param("ids", ids)
				.update();
		}
	}

}
