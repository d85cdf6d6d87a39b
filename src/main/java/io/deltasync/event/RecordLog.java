package io.deltasync.event;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

import io.deltasync.event.LoggedRecord.Outcome;
import io.deltasync.scope.Scopes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Stores the outcomes of single records, as far as the Link is configured to log them.
 * Thread-safe; every method takes part in the caller's transaction.
 */
public class RecordLog {

	private static final int MAX_KEY = 500;

	private static final int MAX_MESSAGE = 2000;

	/** Rows in one statement, because not all drivers send statements together. */
	private static final int ROWS = 500;

	private final JdbcTemplate jdbc;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 */
	public RecordLog(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Adds records.
	 * @param event the Sync Event
	 * @param records the records; may be empty
	 */
	public void add(long event, List<LoggedRecord> records) {
		for (int from = 0; from < records.size(); from += ROWS) {
			insert(event, records.subList(from, Math.min(from + ROWS, records.size())));
		}
	}

	private void insert(long event, List<LoggedRecord> records) {
		List<@Nullable Object> values = new ArrayList<>();
		for (LoggedRecord record : records) {
			values.add(event);
			values.add(record.scope());
			values.add(cut(record.key(), MAX_KEY));
			values.add(record.outcome().name());
			values.add(cut(record.message(), MAX_MESSAGE));
		}
		this.jdbc.update("INSERT INTO SYNC_RECORD_LOG (JOB_INSTANCE_ID, ORDINAL, RECORD_KEY, OUTCOME, MESSAGE) VALUES "
				+ String.join(", ", Collections.nCopies(records.size(), "(?, ?, ?, ?, ?)")), values.toArray());
	}

	/**
	 * Deletes the records of scopes that are fetched again.
	 * @param event the Sync Event
	 * @param scopes the scopes
	 * @param limit how many records at most
	 * @return how many were deleted
	 */
	public int forget(long event, Scopes scopes, int limit) {
		return scopes.isEmpty() ? 0
				: this.jdbc.update(
						"DELETE FROM SYNC_RECORD_LOG WHERE JOB_INSTANCE_ID = ?" + scopes.condition() + " LIMIT ?",
						scopes.values(limit, event));
	}

	/**
	 * Counts the records of a run.
	 * @param event the Sync Event
	 * @param limit where to stop counting
	 * @return the number, at most the limit
	 */
	public long count(long event, int limit) {
		return Objects.requireNonNull(this.jdbc.queryForObject(
				"SELECT COUNT(*) FROM (SELECT 1 FROM SYNC_RECORD_LOG WHERE JOB_INSTANCE_ID = ? LIMIT ?) LOGGED",
				Long.class, event, limit));
	}

	/**
	 * Lists records.
	 * @param event the Sync Event
	 * @param limit how many at most
	 * @return the first records, by scope and then in the order of their delivery
	 */
	public List<LoggedRecord> find(long event, int limit) {
		return this.jdbc.query("""
				SELECT ORDINAL, RECORD_KEY, OUTCOME, MESSAGE FROM SYNC_RECORD_LOG WHERE JOB_INSTANCE_ID = ?
				ORDER BY JOB_INSTANCE_ID, ORDINAL, LOG_ID LIMIT ?""", (row, number) -> record(row), event, limit);
	}

	/**
	 * Lists records page by page. The cost does not depend on the number of records.
	 * @param event the Sync Event
	 * @param after the place after which the page starts; null for the first page
	 * @param limit how many at most
	 * @return the records in the order of {@link #find}, each with its place
	 */
	public List<Placed> page(long event, @Nullable Place after, int limit) {
		if (after == null) {
			return page("", event, limit);
		}
		List<Placed> page = new ArrayList<>();
		if (after.scope() == null) {
			page.addAll(page("AND ORDINAL IS NULL AND LOG_ID > ?", event, after.id(), limit));
		}
		else {
			page.addAll(page("AND ORDINAL = ? AND LOG_ID > ?", event, after.scope(), after.id(), limit));
		}
		int room = limit - page.size();
		if (room > 0) {
			page.addAll((after.scope() == null) ? page("AND ORDINAL IS NOT NULL", event, room)
					: page("AND ORDINAL > ?", event, after.scope(), room));
		}
		return page;
	}

	/**
	 * H2 would sort all records of the run unless the order names all columns of the
	 * index.
	 */
	private List<Placed> page(String condition, Object... arguments) {
		return this.jdbc.query("""
				SELECT ORDINAL, RECORD_KEY, OUTCOME, MESSAGE, LOG_ID FROM SYNC_RECORD_LOG WHERE JOB_INSTANCE_ID = ? %s
				ORDER BY JOB_INSTANCE_ID, ORDINAL, LOG_ID LIMIT ?""".formatted(condition), (row, number) -> {
			LoggedRecord record = record(row);
			return new Placed(record, new Place(record.scope(), row.getLong(5)));
		}, arguments);
	}

	private static LoggedRecord record(ResultSet row) throws SQLException {
		long ordinal = row.getLong(1);
		return new LoggedRecord(row.wasNull() ? null : ordinal, row.getString(2), Outcome.valueOf(row.getString(3)),
				row.getString(4));
	}

	private static @Nullable String cut(@Nullable String text, int length) {
		return (text == null || text.length() <= length) ? text : text.substring(0, length - 1) + "…";
	}

	/**
	 * The place of a record in its event's log.
	 *
	 * @param scope the ordinal of its scope, or null
	 * @param id its number
	 */
	public record Place(@Nullable Long scope, long id) {

	}

	/**
	 * A record and its place.
	 *
	 * @param record the record
	 * @param place its place in its event's log
	 */
	public record Placed(LoggedRecord record, Place place) {

	}

}
