package io.deltasync.delivered;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.deltasync.schema.OwnedRows;
import io.deltasync.schema.OwnedRows.Part;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Stores the delivery index: which records Links have delivered. Thread-safe; every
 * method takes part in the caller's transaction. Several lanes may meet the same record
 * at the same time. It is not known then which delivery came last, so the content is
 * stored as unknown.
 * <p>
 * All statements on the table are in this class, because lanes avoid deadlocks only if
 * each of them locks rows in the same order.
 */
public class DeliveryIndexTable {

	/** How many records a statement names at most. */
	private static final int CHUNK = 500;

	/**
	 * An index hint in a comment that only MySQL and MariaDB read. While the first run
	 * fills the table, their statistics show it as small, and they would scan it and wait
	 * for the uncommitted rows of other lanes, up to a deadlock.
	 */
	private static final String TABLE = "SYNC_DELIVERED_ROW /*! FORCE INDEX (PRIMARY) */";

	private static final String UNKNOWN = "UPDATE " + TABLE + " SET CONTENT_ID = NULL, VERSION = VERSION + 1 "
			+ "WHERE ";

	private static final String INSERT = "INSERT INTO SYNC_DELIVERED_ROW (LINK, ROW_ID, SOURCE_ID, TARGET_ID, CONTENT_ID, "
			+ "VERSION, SOURCE_KEY, TARGET_KEY, LAST_EVENT, LAST_RUN) VALUES ";

	private static final String ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

	/**
	 * The version of a row that this lane has locked grows by 1 or more; any other row
	 * comes from another lane that has delivered the same record. A separate statement
	 * after the collision would be too late: MySQL has then locked the row for reading,
	 * perhaps for several lanes, none of which could change it.
	 */
	private static final String ON_DUPLICATE = " ON DUPLICATE KEY UPDATE "
			+ "CONTENT_ID = CASE WHEN VALUES(VERSION) > SYNC_DELIVERED_ROW.VERSION THEN VALUES(CONTENT_ID) END, "
			+ "SOURCE_ID = VALUES(SOURCE_ID), TARGET_ID = VALUES(TARGET_ID), SOURCE_KEY = VALUES(SOURCE_KEY), "
			+ "TARGET_KEY = VALUES(TARGET_KEY), LAST_EVENT = CASE WHEN VALUES(LAST_RUN) >= SYNC_DELIVERED_ROW.LAST_RUN "
			+ "THEN VALUES(LAST_EVENT) ELSE SYNC_DELIVERED_ROW.LAST_EVENT END, "
			+ "LAST_RUN = GREATEST(VALUES(LAST_RUN), SYNC_DELIVERED_ROW.LAST_RUN), VERSION = GREATEST(VALUES(VERSION), SYNC_DELIVERED_ROW.VERSION + 1)";

	private static final String UNSEEN = "LAST_EVENT <> ? AND SOURCE_KEY IS NOT NULL AND TARGET_KEY IS NOT NULL";

	private final JdbcTemplate jdbc;

	private final OwnedRows rows;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 */
	public DeliveryIndexTable(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
		this.rows = new OwnedRows(jdbc);
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
			this.jdbc
				.query("SELECT ROW_ID, CASE WHEN TARGET_ID = ? THEN CONTENT_ID END, VERSION FROM SYNC_DELIVERED_ROW "
						+ "WHERE " + part.condition(), (row) -> {
							found.put(row.getString(1), new IndexEntry(row.getString(2), row.getLong(3)));
						}, part.arguments(target));
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
		rows(link, rowIds).forEach((part) -> this.jdbc.update(UNKNOWN + part.condition(), part.arguments()));
	}

	/**
	 * Stores that records were delivered.
	 * @param link the Link's name
	 * @param target the digest of its target
	 * @param by the run that delivered them
	 * @param records the records, each row once
	 */
	public void store(String link, String target, MeetingRun by, List<DeliveredRecord> records) {
		List<DeliveredRecord> ordered = new ArrayList<>(records);
		// in the same order in all lanes, so that no two deadlock
		ordered.sort((one, other) -> one.rowId().compareTo(other.rowId()));
		for (int from = 0; from < ordered.size(); from += CHUNK) {
			storeChunk(link, target, by, ordered.subList(from, Math.min(from + CHUNK, ordered.size())));
		}
	}

	private void storeChunk(String link, String target, MeetingRun by, List<DeliveredRecord> records) {
		// missing rows are not queried: MySQL would lock the gap where they would be
		List<String> known = records.stream()
			.filter((record) -> record.version() > 0)
			.map(DeliveredRecord::rowId)
			.toList();
		Map<String, Long> versions = new HashMap<>();
		Map<String, MeetingRun> met = new HashMap<>();
		for (Part part : rows(link, known)) {
			this.jdbc.query("SELECT ROW_ID, VERSION, LAST_EVENT, LAST_RUN FROM " + TABLE + " WHERE " + part.condition()
					+ " FOR UPDATE", (row) -> {
						versions.put(row.getString(1), row.getLong(2));
						met.put(row.getString(1), new MeetingRun(row.getLong(3), row.getLong(4)));
					}, part.arguments());
		}
		if (this.rows.isH2()) { // which has no ON DUPLICATE KEY
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
			String values = String.join(", ", Collections.nCopies(rows.size(), ROW));
			this.jdbc.update(INSERT + values + (this.rows.isH2() ? "" : ON_DUPLICATE),
					rows.stream().flatMap(Arrays::stream).toArray());
		}
		catch (DuplicateKeyException ex) {
			rows.forEach((row) -> insertOne(link, by, row));
		}
	}

	/** Inserts a row after a collision; reached on H2 only. */
	private void insertOne(String link, MeetingRun by, Object[] row) {
		try {
			this.jdbc.update(INSERT + ROW, row);
		}
		catch (DuplicateKeyException ex) {
			List<String> id = List.of((String) row[1]);
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
		rows(link, rowIds).forEach((part) -> this.jdbc.update(
				"UPDATE " + TABLE + " SET LAST_EVENT = ?, LAST_RUN = ? WHERE LAST_RUN <= ? AND " + part.condition(),
				part.arguments(by.event(), by.startedAt(), by.startedAt())));
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
				.addAll(this.jdbc.queryForList("SELECT ROW_ID FROM SYNC_DELIVERED_ROW WHERE " + part.condition(),
						String.class, part.arguments())));
		return rows;
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
		rows(link, rowIds).forEach((part) -> met.addAll(this.jdbc.queryForList(
				"SELECT ROW_ID FROM SYNC_DELIVERED_ROW WHERE LAST_EVENT = ? AND " + part.condition(), String.class,
				part.arguments(event))));
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
		return this.jdbc.queryForList(
				"""
						SELECT D.ROW_ID FROM SYNC_DELIVERED_ROW D
						WHERE D.LINK = ? AND D.TARGET_ID = ? AND D.ROW_ID >= 'source:' AND D.ROW_ID < 'source;' AND D.LAST_EVENT <> ?
						  AND EXISTS (SELECT 1 FROM SYNC_DELIVERED_ROW M
						  WHERE M.LINK = D.LINK AND M.SOURCE_ID = D.SOURCE_ID AND M.LAST_EVENT = ?)
						ORDER BY D.ROW_ID LIMIT ?""",
				String.class, link, target, event, event, limit);
	}

	/**
	 * Counts the delivered records that a run has met and those that it has not.
	 * @param link the Link's name
	 * @param target the digest of its target
	 * @param event the Sync Event
	 * @return the counts
	 */
	public DeliveredCounts count(String link, String target, long event) {
		return this.jdbc.queryForObject(
				"SELECT COUNT(*), COALESCE(SUM(CASE WHEN LAST_EVENT <> ? THEN 1 ELSE 0 END), 0), "
						+ "COALESCE(SUM(CASE WHEN %s THEN 1 ELSE 0 END), 0) FROM SYNC_DELIVERED_ROW ".formatted(UNSEEN)
						+ "WHERE LINK = ? AND TARGET_ID = ?",
				(row, number) -> new DeliveredCounts(row.getLong(1), row.getLong(2), row.getLong(3)), event, event,
				link, target);
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
		return this.jdbc.query("SELECT ROW_ID, SOURCE_KEY, TARGET_KEY FROM SYNC_DELIVERED_ROW "
				+ "WHERE LINK = ? AND TARGET_ID = ? AND ROW_ID > ? AND %s ORDER BY ROW_ID LIMIT ?".formatted(UNSEEN),
				(row, number) -> new UnseenRecord(row.getString(1), row.getString(2), row.getString(3)), link, target,
				after, event, limit);
	}

	/**
	 * Stores that records cannot be deleted at the target, until they are delivered
	 * again.
	 * @param link the Link's name
	 * @param rowIds the digests of their keys as the target compared keys
	 */
	public void cannotDelete(String link, Collection<String> rowIds) {
		rows(link, rowIds).forEach((part) -> this.jdbc.update(
				"UPDATE " + TABLE + " SET TARGET_KEY = NULL, VERSION = VERSION + 1 WHERE " + part.condition(),
				part.arguments()));
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
		this.jdbc.batchUpdate("DELETE FROM SYNC_DELIVERED_ROW WHERE LINK = ? AND ROW_ID = ?" + condition,
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
		List<String> ids = this.jdbc.queryForList(
				"SELECT ROW_ID FROM SYNC_DELIVERED_ROW WHERE LINK = ? AND ROW_ID > ? ORDER BY ROW_ID LIMIT " + CHUNK,
				String.class, link, after);
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
		List<String> ids = this.jdbc.queryForList("SELECT ROW_ID FROM SYNC_DELIVERED_ROW WHERE LINK = ? LIMIT " + CHUNK,
				String.class, link);
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
		List<String> ids = this.jdbc.queryForList(
				"SELECT ROW_ID FROM SYNC_DELIVERED_ROW WHERE LINK = ? AND TARGET_ID <> ? LIMIT " + CHUNK, String.class,
				link, target);
		remove(link, ids);
		return !ids.isEmpty();
	}

	private List<Part> rows(String link, Collection<String> rowIds) {
		return this.rows.of("LINK", link, "ROW_ID", rowIds);
	}

}
