package io.deltasync.reject;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.deltasync.reject.Reject.State;
import io.deltasync.schema.OwnedRows;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Stores records that have just failed, many in one statement. Thread-safe. */
final class RejectWriter {

	/**
	 * How many rejects an INSERT adds, and approximately how much text, in characters.
	 */
	private static final int ROWS = 100;

	private static final int TEXT = 500_000;

	private static final int MAX_MESSAGE = 2000;

	private static final int MAX_KEY = 500;

	private static final Duration FIRST_DISTANCE = Duration.ofMinutes(1);

	private static final Duration LAST_DISTANCE = Duration.ofDays(1);

	private static final int DOUBLINGS = 11;

	private static final String COLUMNS = "LINK, RECORD_ID, CONTENT_ID, STATE, RECORD_KEY, KEY_PROPERTIES, OPERATION, "
			+ "STAGE, MESSAGE, PROPERTIES, NOT_RESTORABLE, ATTEMPTS, FIRST_EVENT, LAST_EVENT, LAST_EXECUTION, ORDINAL, "
			+ "ACKNOWLEDGED, FIRST_SEEN, LAST_SEEN, NEXT_TRY";

	private static final String PLACES = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

	/**
	 * Updates the row, because after a mere duplicate key MySQL would keep it locked for
	 * reading, perhaps for several lanes, none of which could then change it. The update
	 * counts as 2, so the number of changes reveals that a row existed; a later LAST_SEEN
	 * reveals which one.
	 */
	private static final String ON_DUPLICATE = " ON DUPLICATE KEY UPDATE LAST_SEEN = "
			+ "GREATEST(VALUES(LAST_SEEN), SYNC_REJECT.LAST_SEEN) + INTERVAL 1 MICROSECOND";

	private static final String UPDATE = """
			UPDATE SYNC_REJECT SET STATE = ?, CONTENT_ID = ?, OPERATION = ?, STAGE = ?, MESSAGE = ?, PROPERTIES = ?,
			  NOT_RESTORABLE = ?, ATTEMPTS = ?, FIRST_EVENT = CASE WHEN ? THEN ? ELSE FIRST_EVENT END, LAST_EVENT = ?,
			  LAST_EXECUTION = ?, ORDINAL = ?, ACKNOWLEDGED = ?,
			  FIRST_SEEN = CASE WHEN ? THEN ? ELSE FIRST_SEEN END, LAST_SEEN = ?, NEXT_TRY = ?
			WHERE REJECT_ID = ? AND STATE = ?""";

	private final JdbcTemplate jdbc;

	private final OwnedRows rows;

	/** H2 has no ON DUPLICATE KEY, and keeps no such lock. */
	private final boolean h2;

	private final ScopeFailures scopes;

	RejectWriter(JdbcTemplate jdbc, OwnedRows rows) {
		this.jdbc = jdbc;
		this.rows = rows;
		this.h2 = rows.isH2();
		this.scopes = new ScopeFailures(jdbc, rows);
	}

	/**
	 * Stores records that have failed.
	 * @return what each failure means for the run, in the same order
	 */
	List<RejectOutcome> write(RejectingRun run, List<FailedRecord> records, int room, Instant time) {
		Instant now = time.truncatedTo(ChronoUnit.MICROS);
		tryLast(run, records);
		Map<String, List<Integer>> places = new TreeMap<>();
		for (int i = 0; i < records.size(); i++) {
			places.computeIfAbsent(run.recordId(records.get(i).identity()), (id) -> new ArrayList<>(1)).add(i);
		}
		RejectOutcome[] outcomes = new RejectOutcome[records.size()];
		Collection<String> left = places.keySet();
		int stored = 0;
		for (boolean locked = false; !left.isEmpty(); locked = true) {
			List<FailingRecord> failing = new ArrayList<>(find(run, left, locked));
			List<String> again = new ArrayList<>();
			if (!locked) {
				// another lane may be changing what is there: it is read again with a
				// lock
				failing.stream().filter((one) -> !one.isNew()).map(FailingRecord::recordId).forEach(again::add);
				failing.removeIf((one) -> !one.isNew());
			}
			List<FailingRecord> added = new ArrayList<>();
			List<FailingRecord> changed = new ArrayList<>();
			for (FailingRecord one : failing) {
				List<Integer> indexes = Objects.requireNonNull(places.get(one.recordId()));
				boolean fits = !one.isNew() || added.size() + stored < room;
				indexes.forEach((index) -> outcomes[index] = fits ? one.fail(run, records.get(index))
						: RejectOutcome.NOT_STORED);
				if (fits) {
					(one.isNew() ? added : changed).add(one);
				}
			}
			again.addAll(update(run, changed, now));
			again.addAll(insert(run, added, now));
			stored += added.size();
			storeScopes(run, failing, again);
			left = again;
		}
		return Arrays.asList(outcomes);
	}

	private void tryLast(RejectingRun run, List<FailedRecord> records) {
		List<Object[]> rows = records.stream()
			.filter(FailedRecord::last)
			.map((record) -> new Object[] { run.event(), run.recordId(record.identity()) })
			.toList();
		if (!rows.isEmpty()) {
			this.jdbc.batchUpdate((this.h2 ? "MERGE INTO SYNC_TRY_LAST KEY (JOB_INSTANCE_ID, RECORD_ID) VALUES (?, ?)"
					: "INSERT IGNORE INTO SYNC_TRY_LAST VALUES (?, ?)"), rows);
		}
	}

	/**
	 * Reads the rejects of records. With a lock, the current rows are read, whatever the
	 * transaction saw before.
	 */
	private List<FailingRecord> find(RejectingRun run, Collection<String> recordIds, boolean locked) {
		Map<String, StoredReject> stored = new HashMap<>();
		for (OwnedRows.Part part : this.rows.of("LINK", run.link(), "RECORD_ID", recordIds)) {
			this.jdbc.query("SELECT %s FROM SYNC_REJECT WHERE %s%s".formatted(StoredReject.COLUMNS, part.condition(),
					locked ? " FOR UPDATE" : ""), (row) -> {
						stored.put(row.getString("RECORD_ID"), StoredReject.of(row));
					}, part.arguments());
		}
		List<String> met = stored.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().lastEvent() == run.event())
			.map(Map.Entry::getKey)
			.toList();
		Map<String, Map<Long, ScopeFailures.Failure>> elsewhere = this.scopes.find(run.event(), met);
		return recordIds.stream()
			.map((id) -> new FailingRecord(id, stored.get(id), elsewhere.getOrDefault(id, Map.of())))
			.toList();
	}

	private void storeScopes(RejectingRun run, List<FailingRecord> failing, List<String> again) {
		Map<String, Map<Long, ScopeFailures.Failure>> changed = new TreeMap<>();
		failing.stream()
			.filter((one) -> one.isElsewhereChanged() && !again.contains(one.recordId()))
			.forEach((one) -> changed.put(one.recordId(), one.elsewhere()));
		this.scopes.replace(run.event(), changed);
	}

	/**
	 * Adds rejects.
	 * @return the records for which another lane has added one in the meantime
	 */
	private List<String> insert(RejectingRun run, List<FailingRecord> added, Instant now) {
		List<String> taken = new ArrayList<>();
		List<FailingRecord> part = new ArrayList<>();
		int text = 0;
		for (FailingRecord one : added) {
			String properties = one.last().identity().properties();
			int length = (properties != null) ? properties.length() : 0;
			if (!part.isEmpty() && (part.size() == ROWS || text + length > TEXT)) {
				taken.addAll(insertPart(run, part, now));
				part.clear();
				text = 0;
			}
			part.add(one);
			text += length;
		}
		if (!part.isEmpty()) {
			taken.addAll(insertPart(run, part, now));
		}
		return taken;
	}

	private List<String> insertPart(RejectingRun run, List<FailingRecord> part, Instant now) {
		List<@Nullable Object> values = new ArrayList<>();
		part.forEach((one) -> values.addAll(values(run, one, now)));
		String insert = "INSERT INTO SYNC_REJECT (%s) VALUES %s".formatted(COLUMNS,
				String.join(", ", Collections.nCopies(part.size(), PLACES)));
		List<String> ids = part.stream().map(FailingRecord::recordId).toList();
		try {
			int changes = this.jdbc.update(insert + (this.h2 ? "" : ON_DUPLICATE), values.toArray());
			return (changes == part.size()) ? List.of() : seenAfter(run.link(), ids, now);
		}
		catch (DuplicateKeyException ex) {
			// on H2 only: another lane has met one of the records
			return (part.size() == 1) ? ids
					: part.stream().flatMap((one) -> insertPart(run, List.of(one), now).stream()).toList();
		}
	}

	private List<String> seenAfter(String link, List<String> recordIds, Instant now) {
		List<String> seen = new ArrayList<>();
		for (OwnedRows.Part part : this.rows.of("LINK", link, "RECORD_ID", recordIds)) {
			seen.addAll(this.jdbc.queryForList(
					"SELECT RECORD_ID FROM SYNC_REJECT WHERE LAST_SEEN > ? AND " + part.condition() + " FOR UPDATE",
					String.class, part.arguments(utc(now))));
		}
		return seen;
	}

	private static List<@Nullable Object> values(RejectingRun run, FailingRecord one, Instant now) {
		FailedRecord record = one.last();
		StoredReject stored = one.now();
		LocalDateTime time = utc(now);
		return Arrays.asList(run.link(), one.recordId(), stored.contentId(), stored.state().name(),
				cut(record.key(), MAX_KEY), record.keyProperties(), record.operation().name(), record.stage().name(),
				cut(record.message(), MAX_MESSAGE), record.identity().properties(),
				cut(record.identity().notRestorable(), MAX_KEY), stored.attempts(), run.event(), run.event(),
				run.execution(), record.ordinal(), stored.acknowledged(), time, time,
				nextTry(stored.state(), stored.attempts(), now));
	}

	/**
	 * Updates rejects.
	 * @return the records whose reject has been changed by another lane in the meantime
	 */
	private List<String> update(RejectingRun run, List<FailingRecord> changed, Instant now) {
		if (changed.isEmpty()) {
			return List.of();
		}
		int[] changes = this.jdbc.batchUpdate(UPDATE, changed.stream().map((one) -> change(run, one, now)).toList());
		List<String> missed = new ArrayList<>();
		List<Object[]> former = new ArrayList<>();
		for (int i = 0; i < changes.length; i++) {
			StoredReject before = changed.get(i).before();
			if (changes[i] == 0) {
				missed.add(changed.get(i).recordId());
			}
			else if (before.formerState() != null) {
				former.add(new Object[] { before.id() });
			}
		}
		if (!former.isEmpty()) {
			this.jdbc.batchUpdate("DELETE FROM SYNC_REJECT_FORMER WHERE REJECT_ID = ?", former);
		}
		return missed;
	}

	private static Object[] change(RejectingRun run, FailingRecord one, Instant now) {
		FailedRecord record = one.last();
		StoredReject stored = one.now();
		return Arrays
			.<@Nullable Object>asList(stored.state().name(), stored.contentId(), record.operation().name(),
					record.stage().name(), cut(record.message(), MAX_MESSAGE), record.identity().properties(),
					cut(record.identity().notRestorable(), MAX_KEY), stored.attempts(), one.isReopened(), run.event(),
					run.event(), run.execution(), record.ordinal(), stored.acknowledged(), one.isReopened(), utc(now),
					utc(now), nextTry(stored.state(), stored.attempts(), now), stored.id(), one.before().state().name())
			.toArray();
	}

	/**
	 * Returns when to retry. The delay grows with the number of attempts, up to a day.
	 */
	private static @Nullable LocalDateTime nextTry(State state, int attempts, Instant now) {
		if (!state.isAcknowledged()) {
			return null;
		}
		Duration distance = FIRST_DISTANCE.multipliedBy(1L << Math.min(attempts, DOUBLINGS));
		return utc(now.plus((distance.compareTo(LAST_DISTANCE) < 0) ? distance : LAST_DISTANCE));
	}

	private static LocalDateTime utc(Instant time) {
		return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
	}

	private static @Nullable String cut(@Nullable String text, int length) {
		return (text == null || text.length() <= length) ? text : text.substring(0, length - 1) + "…";
	}

}
