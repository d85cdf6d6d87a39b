package io.deltasync.delivered;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import io.deltasync.schema.OwnedRows;
import io.deltasync.schema.OwnedRows.Part;
import io.deltasync.schema.Parts;
import io.deltasync.schema.Product;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores the delivery index: which records Links have delivered. Thread-safe; every
 * method takes part in the caller's transaction. Several lanes may meet the same record
 * at the same time. It is not known then which delivery came last, so the content is
 * stored as unknown.
 * <p>
 * All changes of the table are in this class, because lanes avoid deadlocks only if each
 * of them locks rows in the same order.
 */
public class DeliveryIndexTable {

	/**
	 * An index hint in a comment that only MySQL and MariaDB read. While the first run
	 * fills the table, their statistics show it as small, and they would scan it and wait
	 * for the uncommitted rows of other lanes, up to a deadlock.
	 */
	private static final String TABLE = "SYNC_DELIVERED_ROW /*! FORCE INDEX (PRIMARY) */";

	private static final String UNKNOWN = "UPDATE " + TABLE + " SET CONTENT_ID = NULL, VERSION = VERSION + 1 WHERE ";

	private static final String INSERT = "INSERT INTO SYNC_DELIVERED_ROW (LINK, ROW_ID, SOURCE_ID, TARGET_ID, CONTENT_ID, "
			+ "VERSION, SOURCE_KEY, TARGET_KEY, LAST_EVENT, LAST_RUN) VALUES ";

	/**
	 * The version of a row that this lane has locked grows by 1 or more; any other row
	 * comes from another lane that has delivered the same record. A separate statement
	 * after the collision would be too late: MySQL has then locked the row for reading,
	 * perhaps for several lanes, none of which could change it.
	 */
	private static final String CHANGES = "CONTENT_ID = CASE WHEN VALUES(VERSION) > SYNC_DELIVERED_ROW.VERSION THEN VALUES(CONTENT_ID) END, "
			+ "SOURCE_ID = VALUES(SOURCE_ID), TARGET_ID = VALUES(TARGET_ID), SOURCE_KEY = VALUES(SOURCE_KEY), "
			+ "TARGET_KEY = VALUES(TARGET_KEY), LAST_EVENT = CASE WHEN VALUES(LAST_RUN) >= SYNC_DELIVERED_ROW.LAST_RUN "
			+ "THEN VALUES(LAST_EVENT) ELSE SYNC_DELIVERED_ROW.LAST_EVENT END, "
			+ "LAST_RUN = GREATEST(VALUES(LAST_RUN), SYNC_DELIVERED_ROW.LAST_RUN), VERSION = GREATEST(VALUES(VERSION), SYNC_DELIVERED_ROW.VERSION + 1)";

	private final JdbcTemplate template;

	private final JdbcClient jdbc;

	private final OwnedRows rows;

	private final Product product;

	private final String onDuplicate;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 * @param product its product
	 */
	public DeliveryIndexTable(JdbcTemplate jdbc, Product product) {
		this.template = jdbc;
		this.jdbc = JdbcClient.create(jdbc);
		this.rows = new OwnedRows(product);
		this.product = product;
		this.onDuplicate = product.onDuplicate(List.of("LINK", "ROW_ID"), CHANGES);
	}

	/**
	 * Finds the index entries of records.
	 * @param link the Link's name
	 * @param target the digest of its target; the content that another target received
	 * counts as unknown
	 * @param rowIds the digests of their keys as the target compares keys
	 * @return the entries that exist, by the digest of the key
	 */
	public Map<String, IndexEntry> find(String link, String target, Collection<String> rowIds) {
		Map<String, IndexEntry> found = new HashMap<>();
		for (Part part : rows(link, rowIds)) {
			this.jdbc.sql("""
					SELECT ROW_ID, CASE WHEN TARGET_ID = :target THEN CONTENT_ID END, VERSION
					FROM SYNC_DELIVERED_ROW WHERE %s""".formatted(part.condition()))
				.param("target", target)
				.params(part.parameters())
				.query((row) -> {
					found.put(row.getString(1), new IndexEntry(row.getString(2), row.getLong(3)));
				});
		}
		return found;
	}

	/**
	 * Invalidates the digests of records that are about to be delivered: the content of
	 * the target is unknown until {@link #store} is called, whatever happens in between.
	 * Increases the version of each entry by 1.
	 * @param link the Link's name
	 * @param rowIds the digests of the keys of existing entries
	 */
	public void invalidate(String link, Collection<String> rowIds) {
		rows(link, rowIds)
			.forEach((part) -> this.jdbc.sql(UNKNOWN + part.condition()).params(part.parameters()).update());
	}

	/**
	 * Stores that records were delivered.
	 * @param link the Link's name
	 * @param target the digest of its target
	 * @param by the run that delivered them
	 * @param records the records, each row once
	 */
	public void store(String link, String target, MeetingRun by, List<DeliveredRecord> records) {
		// in the same order in all lanes, so that no two deadlock
		List<DeliveredRecord> ordered = records.stream().sorted(Comparator.comparing(DeliveredRecord::rowId)).toList();
		Parts.<DeliveredRecord>of(ordered).forEach((part) -> storePart(link, target, by, part));
	}

	private void storePart(String link, String target, MeetingRun by, List<DeliveredRecord> records) {
		// missing rows are not queried: MySQL would lock the gap where they would be
		List<String> known = records.stream()
			.filter((record) -> record.version() > 0)
			.map(DeliveredRecord::rowId)
			.toList();
		Map<String, Long> versions = new HashMap<>();
		Map<String, MeetingRun> met = new HashMap<>();
		for (Part part : rows(link, known)) {
			this.jdbc
				.sql("SELECT ROW_ID, VERSION, LAST_EVENT, LAST_RUN FROM %s WHERE %s FOR UPDATE".formatted(TABLE,
						part.condition()))
				.params(part.parameters())
				.query((row) -> {
					versions.put(row.getString(1), row.getLong(2));
					met.put(row.getString(1), new MeetingRun(row.getLong(3), row.getLong(4)));
				});
		}
		if (this.product == Product.H2) { // which has no ON DUPLICATE KEY
			remove(link, known);
		}
		List<Object[]> rows = new ArrayList<>();
		for (DeliveredRecord record : records) {
			long version = versions.getOrDefault(record.rowId(), 0L);
			MeetingRun last = by.orLater(met.get(record.rowId()));
			rows.add(new Object[] { link, record.rowId(), record.sourceId(), target,
					(version == record.version()) ? record.contentId() : null, Math.max(version, record.version()) + 1,
					record.sourceKey(), record.targetKey(), last.event(), last.startedAt() });
		}
		insert(link, by, rows);
	}

	private void insert(String link, MeetingRun by, List<Object[]> rows) {
		try {
			String values = String.join(", ", Collections.nCopies(rows.size(), "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
			this.jdbc.sql(INSERT + values + this.onDuplicate)
				.params(rows.stream().flatMap(Arrays::stream).toArray())
				.update();
		}
		catch (DuplicateKeyException ex) { // on H2 only
			if (rows.size() > 1) {
				rows.forEach((row) -> insert(link, by, Collections.singletonList(row)));
				return;
			}
			List<String> id = List.of((String) rows.get(0)[1]);
			invalidate(link, id); // another lane has delivered the same record
			markSeen(link, by, id);
		}
	}

	/**
	 * Marks records as seen by a run. Changes nothing if a run that was started later has
	 * already met them.
	 * @param link the Link's name
	 * @param by the run
	 * @param rowIds the digests of their keys as the target compares keys; those without
	 * an entry are ignored
	 */
	public void markSeen(String link, MeetingRun by, Collection<String> rowIds) {
		rows(link, rowIds).forEach((part) -> this.jdbc
			.sql("UPDATE %s SET LAST_EVENT = :event, LAST_RUN = :run WHERE LAST_RUN <= :run AND %s".formatted(TABLE,
					part.condition()))
			.param("event", by.event())
			.param("run", by.startedAt())
			.params(part.parameters())
			.update());
	}

	/**
	 * Finds the rows to which records were last delivered.
	 * @param link the Link's name
	 * @param sourceIds the digests of their keys at the source
	 * @return the digests of the rows' keys
	 */
	public List<String> rowsOf(String link, Collection<String> sourceIds) {
		List<String> rows = new ArrayList<>();
		this.rows.of("LINK", link, "SOURCE_ID", sourceIds)
			.forEach((part) -> rows
				.addAll(this.jdbc.sql("SELECT ROW_ID FROM SYNC_DELIVERED_ROW WHERE " + part.condition())
					.params(part.parameters())
					.query(String.class)
					.list()));
		return rows;
	}

	/**
	 * Stores that records cannot be deleted at the target, until they are delivered
	 * again.
	 * @param link the Link's name
	 * @param rowIds the digests of their keys as the target compared keys
	 */
	public void cannotDelete(String link, Collection<String> rowIds) {
		rows(link, rowIds).forEach((part) -> this.jdbc
			.sql("UPDATE %s SET TARGET_KEY = NULL, VERSION = VERSION + 1 WHERE %s".formatted(TABLE, part.condition()))
			.params(part.parameters())
			.update());
	}

	/**
	 * Deletes the entries of records that the target no longer has.
	 * @param link the Link's name
	 * @param rowIds the digests of their keys as the target compares keys
	 */
	public void remove(String link, Collection<String> rowIds) {
		remove(link, rowIds, "");
	}

	/** Deletes row by row, because MySQL accepts no index hint for a DELETE. */
	private void remove(String link, Collection<String> rowIds, String condition) {
		this.template.batchUpdate("DELETE FROM SYNC_DELIVERED_ROW WHERE LINK = ? AND ROW_ID = ?" + condition,
				new TreeSet<>(rowIds).stream().map((id) -> new Object[] { link, id }).toList());
	}

	/**
	 * Deletes the placeholders of records that were stored before their first delivery,
	 * which failed. An entry that another lane has changed since is kept.
	 * @param link the Link's name
	 * @param rowIds the digests of their keys as the target compares keys
	 */
	public void deletePlaceholders(String link, Collection<String> rowIds) {
		remove(link, rowIds, " AND VERSION = 1");
	}

	/**
	 * Invalidates the digests of the next records of a Link, as many as one transaction
	 * should hold, so that they are written again. Call it repeatedly, each time in its
	 * own transaction, until it returns an empty result.
	 * @param link the Link's name
	 * @param after only records with a greater id; empty for the first
	 * @return the id of the last one, or empty when there was none
	 */
	public Optional<String> invalidateNext(String link, String after) {
		List<String> ids = next("LINK = ? AND ROW_ID > ? ORDER BY ROW_ID", link, after);
		invalidate(link, ids);
		return ids.isEmpty() ? Optional.empty() : Optional.of(ids.get(ids.size() - 1));
	}

	/**
	 * Deletes some of the index entries of a Link, as many as one transaction should
	 * hold. Call it repeatedly, each time in its own transaction, until it returns false.
	 * @param link the Link's name
	 * @return whether any entries were deleted
	 */
	public boolean deleteSome(String link) {
		List<String> ids = next("LINK = ?", link);
		remove(link, ids);
		return !ids.isEmpty();
	}

	/**
	 * Deletes some of the rows of records that a Link delivered to other targets than its
	 * present one, as many as one transaction should hold. Call it repeatedly, each time
	 * in its own transaction, until it returns false.
	 * @param link the Link's name
	 * @param target the digest of its present target
	 * @return whether any rows were deleted
	 */
	public boolean forgetOthers(String link, String target) {
		List<String> ids = next("LINK = ? AND TARGET_ID <> ?", link, target);
		remove(link, ids);
		return !ids.isEmpty();
	}

	private List<String> next(String condition, Object... values) {
		return this.jdbc.sql("SELECT ROW_ID FROM SYNC_DELIVERED_ROW WHERE %s LIMIT %d".formatted(condition, Parts.SIZE))
			.params(values)
			.query(String.class)
			.list();
	}

	private List<Part> rows(String link, Collection<String> rowIds) {
		return this.rows.of("LINK", link, "ROW_ID", rowIds);
	}

}
