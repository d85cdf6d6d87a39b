package io.deltasync.delivered;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Stores what Links have delivered. Thread-safe; every method takes part in the caller's
 * transaction. Several lanes may meet the same record at the same time: then it is not
 * known which delivery came last, and the content is stored as unknown.
 */
public class DeliveredRecords {

	/** How many records a statement names, at most. */
	private static final int CHUNK = 500;

	/**
	 * MySQL and MariaDB alone read such a comment. They would search the table from end
	 * to end while they take it for small, as they do while the first run fills it, and
	 * wait for all that other lanes are storing: two would wait for each other.
	 */
	private static final String TABLE = "SYNC_DELIVERED /*! FORCE INDEX (PRIMARY) */";

	private static final String UNKNOWN = "UPDATE " + TABLE + " SET CONTENT_ID = NULL, VERSION = VERSION + 1 "
			+ "WHERE LINK = ? AND RECORD_ID IN (%s)";

	private static final String INSERT = "INSERT INTO SYNC_DELIVERED (LINK, RECORD_ID, TARGET_ID, CONTENT_ID, VERSION, "
			+ "SOURCE_KEY, TARGET_KEY, LAST_EVENT) VALUES ";

	private static final String ROW = "(?, ?, ?, ?, ?, ?, ?, ?)";

	/**
	 * Rows that this lane has locked grow by a version or more. Others are another lane's
	 * of the same record; a statement of its own after the collision would come too late:
	 * MySQL has locked the row for reading by then, for several lanes perhaps, none of
	 * which could change it.
	 */
	private static final String ON_DUPLICATE = " ON DUPLICATE KEY UPDATE "
			+ "CONTENT_ID = CASE WHEN VALUES(VERSION) > SYNC_DELIVERED.VERSION THEN VALUES(CONTENT_ID) END, "
			+ "TARGET_ID = VALUES(TARGET_ID), SOURCE_KEY = VALUES(SOURCE_KEY), TARGET_KEY = VALUES(TARGET_KEY), "
			+ "LAST_EVENT = VALUES(LAST_EVENT), VERSION = GREATEST(VALUES(VERSION), SYNC_DELIVERED.VERSION + 1)";

	private static final String UNSEEN = "LAST_EVENT <> ? AND SOURCE_KEY IS NOT NULL AND TARGET_KEY IS NOT NULL";

	private final JdbcTemplate jdbc;

	/** H2 has no ON DUPLICATE KEY, and goes by the key without being told. */
	private final boolean h2;

	public DeliveredRecords(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
		String product = jdbc
			.execute((ConnectionCallback<String>) (connection) -> connection.getMetaData().getDatabaseProductName());
		this.h2 = "H2".equals(product);
	}

	/**
	 * Finds what is known of records.
	 * @param link the Link's name
	 * @param target the digest of its target; the content that another one got is not
	 * known
	 * @param recordIds the digests of their keys
	 * @return what is known, by the digest of the key
	 */
	public Map<String, DeliveredContent> find(String link, String target, Collection<String> recordIds) {
		Map<String, DeliveredContent> found = new HashMap<>();
		for (List<String> ids : chunks(recordIds)) {
			this.jdbc.query("""
					SELECT RECORD_ID, CASE WHEN TARGET_ID = ? THEN CONTENT_ID END, VERSION FROM SYNC_DELIVERED
					WHERE LINK = ? AND RECORD_ID IN (%s)""".formatted(marks(ids)), (row) -> {
				found.put(row.getString(1), new DeliveredContent(row.getString(2), row.getLong(3)));
			}, arguments(ids, target, link));
		}
		return found;
	}

	/**
	 * Notes that records are about to be delivered: whatever happens from now on, nobody
	 * knows what the target holds until {@link #store} tells. The version grows by one.
	 * @param link the Link's name
	 * @param recordIds the digests of the keys of records that were found
	 */
	public void underWay(String link, Collection<String> recordIds) {
		chunks(recordIds).forEach((ids) -> this.jdbc.update(UNKNOWN.formatted(marks(ids)), arguments(ids, link)));
	}

	/**
	 * Stores that records were delivered.
	 * @param link the Link's name
	 * @param target the digest of its target
	 * @param event the Sync Event
	 * @param records the records, each once
	 */
	public void store(String link, String target, long event, List<DeliveredRecord> records) {
		List<DeliveredRecord> ordered = new ArrayList<>(records);
		// in one order in all lanes, so that two do not wait for each other
		ordered.sort((one, other) -> one.recordId().compareTo(other.recordId()));
		for (int from = 0; from < ordered.size(); from += CHUNK) {
			storeChunk(link, target, event, ordered.subList(from, Math.min(from + CHUNK, ordered.size())));
		}
	}

	private void storeChunk(String link, String target, long event, List<DeliveredRecord> records) {
		// rows that are not there are not asked for: MySQL would lock where they would be
		List<String> known = records.stream()
			.filter((record) -> record.version() > 0)
			.map(DeliveredRecord::recordId)
			.toList();
		Map<String, Long> versions = new HashMap<>();
		if (!known.isEmpty()) {
			this.jdbc
				.query(("SELECT RECORD_ID, VERSION FROM " + TABLE + " WHERE LINK = ? AND RECORD_ID IN (%s) FOR UPDATE")
					.formatted(marks(known)), (row) -> {
						versions.put(row.getString(1), row.getLong(2));
					}, arguments(known, link));
		}
		if (this.h2) {
			remove(link, known);
		}
		List<Object[]> rows = new ArrayList<>();
		for (DeliveredRecord record : records) {
			long version = versions.getOrDefault(record.recordId(), 0L);
			rows.add(new Object[] { link, record.recordId(), target,
					(version == record.version()) ? record.contentId() : null, Math.max(version, record.version()) + 1,
					record.sourceKey(), record.targetKey(), event });
		}
		insert(link, event, rows);
	}

	private void insert(String link, long event, List<Object[]> rows) {
		try {
			String values = String.join(", ", Collections.nCopies(rows.size(), ROW));
			this.jdbc.update(INSERT + values + (this.h2 ? "" : ON_DUPLICATE),
					rows.stream().flatMap(Arrays::stream).toArray());
		}
		catch (DuplicateKeyException ex) {
			rows.forEach((row) -> insertOne(link, event, row));
		}
	}

	/** H2 alone comes here. */
	private void insertOne(String link, long event, Object[] row) {
		try {
			this.jdbc.update(INSERT + ROW, row);
		}
		catch (DuplicateKeyException ex) {
			List<String> id = List.of((String) row[1]);
			underWay(link, id); // another lane has delivered the same record
			seen(link, event, id);
		}
	}

	/**
	 * Notes that a run met records.
	 * @param link the Link's name
	 * @param event the Sync Event
	 * @param recordIds the digests of their keys; those that were never delivered count
	 * for nothing
	 */
	public void seen(String link, long event, Collection<String> recordIds) {
		chunks(recordIds).forEach((ids) -> this.jdbc.update(
				("UPDATE " + TABLE + " SET LAST_EVENT = ? WHERE LINK = ? AND RECORD_ID IN (%s)").formatted(marks(ids)),
				arguments(ids, event, link)));
	}

	/**
	 * Counts what a run has met of what was delivered.
	 * @param link the Link's name
	 * @param target the digest of its target
	 * @param event the Sync Event
	 * @return the counts
	 */
	public DeliveredCounts count(String link, String target, long event) {
		return this.jdbc.queryForObject(
				"SELECT COUNT(*), COALESCE(SUM(CASE WHEN LAST_EVENT <> ? THEN 1 ELSE 0 END), 0), "
						+ "COALESCE(SUM(CASE WHEN %s THEN 1 ELSE 0 END), 0) FROM SYNC_DELIVERED ".formatted(UNSEEN)
						+ "WHERE LINK = ? AND TARGET_ID = ?",
				(row, number) -> new DeliveredCounts(row.getLong(1), row.getLong(2), row.getLong(3)), event, event,
				link, target);
	}

	/**
	 * Lists records that a run did not meet and that the target can be told of.
	 * @param link the Link's name
	 * @param target the digest of its target
	 * @param event the Sync Event
	 * @param after only records behind the one of this id; empty for the first
	 * @param limit how many at most
	 * @return the records, by id
	 */
	public List<UnseenRecord> unseen(String link, String target, long event, String after, int limit) {
		return this.jdbc.query(
				"SELECT RECORD_ID, SOURCE_KEY, TARGET_KEY FROM SYNC_DELIVERED "
						+ "WHERE LINK = ? AND TARGET_ID = ? AND RECORD_ID > ? AND %s ORDER BY RECORD_ID LIMIT ?"
							.formatted(UNSEEN),
				(row, number) -> new UnseenRecord(row.getString(1), row.getString(2), row.getString(3)), link, target,
				after, event, limit);
	}

	/**
	 * Forgets records: the target has them no more.
	 * @param link the Link's name
	 * @param recordIds the digests of their keys
	 */
	public void remove(String link, Collection<String> recordIds) {
		remove(link, recordIds, "");
	}

	/** MySQL can be told which index to take for everything but this. */
	private void remove(String link, Collection<String> recordIds, String condition) {
		String sql = "DELETE FROM SYNC_DELIVERED WHERE LINK = ? AND RECORD_ID ";
		if (this.h2) {
			chunks(recordIds).forEach(
					(ids) -> this.jdbc.update(sql + "IN (%s)".formatted(marks(ids)) + condition, arguments(ids, link)));
		}
		else {
			this.jdbc.batchUpdate(sql + "= ?" + condition,
					new TreeSet<>(recordIds).stream().map((id) -> new Object[] { link, id }).toList());
		}
	}

	/**
	 * Forgets records that were noted before their first delivery, which came to nothing,
	 * unless another lane has met them since.
	 * @param link the Link's name
	 * @param recordIds the digests of their keys
	 */
	public void removeNew(String link, Collection<String> recordIds) {
		remove(link, recordIds, " AND VERSION = 1");
	}

	/**
	 * Notes of some of what a Link has delivered that it is to be delivered once more: as
	 * many records as a transaction should hold. To be called again, each time in a
	 * transaction of its own, until there is nothing left.
	 * @param link the Link's name
	 * @param after only records behind the one of this id; empty for the first
	 * @return the id of the last one, or empty when there was none
	 */
	public Optional<String> doubt(String link, String after) {
		List<String> ids = this.jdbc.queryForList(
				"SELECT RECORD_ID FROM SYNC_DELIVERED WHERE LINK = ? AND RECORD_ID > ? ORDER BY RECORD_ID LIMIT "
						+ CHUNK,
				String.class, link, after);
		underWay(link, ids);
		return ids.isEmpty() ? Optional.empty() : Optional.of(ids.get(ids.size() - 1));
	}

	/**
	 * Forgets some of what a Link has delivered, as many records as a transaction should
	 * hold. To be called again, each time in a transaction of its own, until there is
	 * nothing left.
	 * @param link the Link's name
	 * @return whether there was anything
	 */
	public boolean forget(String link) {
		List<String> ids = this.jdbc.queryForList("SELECT RECORD_ID FROM SYNC_DELIVERED WHERE LINK = ? LIMIT " + CHUNK,
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
				"SELECT RECORD_ID FROM SYNC_DELIVERED WHERE LINK = ? AND TARGET_ID <> ? LIMIT " + CHUNK, String.class,
				link, target);
		remove(link, ids);
		return !ids.isEmpty();
	}

	private static List<List<String>> chunks(Collection<String> recordIds) {
		List<String> ordered = new ArrayList<>(new TreeSet<>(recordIds));
		List<List<String>> chunks = new ArrayList<>();
		for (int from = 0; from < ordered.size(); from += CHUNK) {
			chunks.add(ordered.subList(from, Math.min(from + CHUNK, ordered.size())));
		}
		return chunks;
	}

	private static String marks(List<String> ids) {
		return String.join(", ", Collections.nCopies(ids.size(), "?"));
	}

	private static Object[] arguments(List<String> ids, Object... first) {
		List<Object> arguments = new ArrayList<>(Arrays.asList(first));
		arguments.addAll(ids);
		return arguments.toArray();
	}

}
