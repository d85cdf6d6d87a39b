package io.deltasync.event;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.deltasync.event.LoggedRecord.Outcome;
import io.deltasync.schema.Columns;
import io.deltasync.schema.Parts;
import io.deltasync.schema.Product;
import io.deltasync.scope.ScopeRows;
import io.deltasync.scope.Scopes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores the outcomes of single records, as far as the Link is configured to log them.
 * Thread-safe; every method takes part in the caller's transaction.
 */
public class RecordLog {

	private static final int MAX_KEY = 500;

	private final JdbcClient jdbc;

	private final ScopeRows rows;

	private final String nullsFirst;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 * @param product its product
	 */
	public RecordLog(JdbcTemplate jdbc, Product product) {
		this.jdbc = JdbcClient.create(jdbc);
		this.rows = new ScopeRows(jdbc, product);
		this.nullsFirst = product.nullsFirst();
	}

	/**
	 * Adds records.
	 * @param event the Sync Event
	 * @param records the records; may be empty
	 */
	public void add(long event, List<LoggedRecord> records) {
		Parts.<LoggedRecord>of(records).forEach((part) -> insert(event, part));
	}

	/** Sends one statement, because not all drivers send several together. */
	private void insert(long event, List<LoggedRecord> records) {
		List<@Nullable Object> values = new ArrayList<>();
		for (LoggedRecord record : records) {
			values.add(event);
			values.add(record.scope());
			values.add(Columns.cutOrNull(record.key(), MAX_KEY));
			values.add(record.outcome().name());
			values.add(Columns.cutOrNull(record.message(), Columns.MESSAGE));
		}
		this.jdbc
			.sql("INSERT INTO SYNC_RECORD_LOG (JOB_INSTANCE_ID, ORDINAL, RECORD_KEY, OUTCOME, MESSAGE) VALUES "
					+ String.join(", ", Collections.nCopies(records.size(), "(?, ?, ?, ?, ?)")))
			.params(values)
			.update();
	}

	/**
	 * Deletes the records of scopes that are fetched again.
	 * @param event the Sync Event
	 * @param scopes the scopes
	 * @param limit how many records at most
	 * @return how many were deleted
	 */
	public int forget(long event, Scopes scopes, int limit) {
		return this.rows.delete("SYNC_RECORD_LOG", event, scopes, limit);
	}

	/**
	 * Counts the records of a run.
	 * @param event the Sync Event
	 * @param limit where to stop counting
	 * @return the number, at most the limit
	 */
	public long count(long event, int limit) {
		return this.jdbc
			.sql("SELECT COUNT(*) FROM (SELECT 1 FROM SYNC_RECORD_LOG WHERE JOB_INSTANCE_ID = ? LIMIT ?) LOGGED")
			.params(event, limit)
			.query(Long.class)
			.single();
	}

	/**
	 * Lists records.
	 * @param event the Sync Event
	 * @param limit how many at most
	 * @return the first records, by scope and then in the order of their delivery
	 */
	public List<LoggedRecord> find(long event, int limit) {
		return this.jdbc.sql("""
				SELECT ORDINAL, RECORD_KEY, OUTCOME, MESSAGE FROM SYNC_RECORD_LOG WHERE JOB_INSTANCE_ID = ?
				ORDER BY JOB_INSTANCE_ID, ORDINAL%s, LOG_ID LIMIT ?""".formatted(this.nullsFirst))
			.params(event, limit)
			.query((row, number) -> record(row))
			.list();
	}

	/**
	 * Lists what became of one record in some runs.
	 * @param events the Sync Events; may be empty
	 * @param key the record's key as it is logged
	 * @param limit how many entries at most
	 * @return the newest entries, each with its event
	 */
	public List<Map.Entry<Long, LoggedRecord>> ofKey(List<Long> events, String key, int limit) {
		if (events.isEmpty()) {
			return List.of();
		}
		return this.jdbc.sql("""
				SELECT ORDINAL, RECORD_KEY, OUTCOME, MESSAGE, JOB_INSTANCE_ID FROM SYNC_RECORD_LOG
				WHERE JOB_INSTANCE_ID IN (:events) AND RECORD_KEY = :key
				ORDER BY JOB_INSTANCE_ID DESC, LOG_ID DESC LIMIT :limit""")
			.param("events", events)
			.param("key", Columns.cutOrNull(key, MAX_KEY))
			.param("limit", limit)
			.query((row, number) -> Map.entry(row.getLong("JOB_INSTANCE_ID"), record(row)))
			.list();
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
		return this.jdbc.sql("""
				SELECT ORDINAL, RECORD_KEY, OUTCOME, MESSAGE, LOG_ID FROM SYNC_RECORD_LOG WHERE JOB_INSTANCE_ID = ? %s
				ORDER BY JOB_INSTANCE_ID, ORDINAL%s, LOG_ID LIMIT ?""".formatted(condition, this.nullsFirst))
			.params(arguments)
			.query((row, number) -> {
				LoggedRecord record = record(row);
				return new Placed(record, new Place(record.scope(), row.getLong("LOG_ID")));
			})
			.list();
	}

	private static LoggedRecord record(ResultSet row) throws SQLException {
		long ordinal = row.getLong(1);
		return new LoggedRecord(row.wasNull() ? null : ordinal, row.getString(2), Outcome.valueOf(row.getString(3)),
				row.getString(4));
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
