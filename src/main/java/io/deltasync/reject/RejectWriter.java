package io.deltasync.reject;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.deltasync.schema.Columns;
import io.deltasync.schema.OwnedRows;
import io.deltasync.schema.Product;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores records that have just failed, many in one statement. Thread-safe. */
final class RejectWriter {

	/** The length of the columns with a key or a reason, in characters. */
	static final int MAX_KEY = 500;

	private static final String UPDATE = """
			UPDATE SYNC_REJECT SET STATE = ?, CONTENT_ID = ?, OPERATION = ?, STAGE = ?, MESSAGE = ?, PROPERTIES = ?,
			  NOT_RESTORABLE = ?, ATTEMPTS = ?, FIRST_EVENT = CASE WHEN ? THEN ? ELSE FIRST_EVENT END, LAST_EVENT = ?,
			  LAST_EXECUTION = ?, ORDINAL = ?, ACKNOWLEDGED = ?,
			  FIRST_SEEN = CASE WHEN ? THEN ? ELSE FIRST_SEEN END, LAST_SEEN = ?, NEXT_TRY = ?
			WHERE REJECT_ID = ? AND STATE = ?""";

	private final JdbcTemplate template;

	private final JdbcClient jdbc;

	private final OwnedRows rows;

	private final NewRejects added;

	private final String tryLast;

	private final ScopeFailures scopes;

	RejectWriter(JdbcTemplate jdbc, Product product, ScopeFailures scopes) {
		this.template = jdbc;
		this.jdbc = JdbcClient.create(jdbc);
		this.rows = new OwnedRows(product);
		this.added = new NewRejects(jdbc, product);
		this.tryLast = product.upsert("SYNC_TRY_LAST", List.of("JOB_INSTANCE_ID", "RECORD_ID"), List.of());
		this.scopes = scopes;
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
			List<String> refused = new ArrayList<>();
			List<FailingRecord> changed = new ArrayList<>();
			for (FailingRecord one : failing) {
				List<Integer> indexes = Objects.requireNonNull(places.get(one.recordId()));
				boolean fits = !one.isNew() || added.size() + stored < room;
				indexes.forEach((index) -> outcomes[index] = fits ? one.fail(run, records.get(index))
						: RejectOutcome.NOT_STORED);
				if (fits) {
					(one.isNew() ? added : changed).add(one);
				}
				else {
					refused.add(one.recordId());
				}
			}
			again.addAll(update(run, changed, now));
			List<String> taken = this.added.insert(run, added, now);
			again.addAll(taken);
			if (!taken.isEmpty()) {
				// what another lane has stored takes no room here
				again.addAll(refused);
			}
			stored += added.size() - taken.size();
			storeScopes(run, failing, again);
			left = again.stream().sorted().toList();
		}
		return Arrays.asList(outcomes);
	}

	private void tryLast(RejectingRun run, List<FailedRecord> records) {
		List<Object[]> rows = records.stream()
			.filter(FailedRecord::last)
			.map((record) -> new Object[] { run.event(), run.recordId(record.identity()) })
			.toList();
		if (!rows.isEmpty()) {
			this.template.batchUpdate(this.tryLast, rows);
		}
	}

	/**
	 * Reads the rejects of records. With a lock, the current rows are read, whatever the
	 * transaction saw before.
	 */
	private List<FailingRecord> find(RejectingRun run, Collection<String> recordIds, boolean locked) {
		Map<String, StoredReject> stored = new HashMap<>();
		for (OwnedRows.Part part : this.rows.of("LINK", run.link(), "RECORD_ID", recordIds)) {
			this.jdbc
				.sql("SELECT %s FROM SYNC_REJECT WHERE %s%s".formatted(StoredReject.COLUMNS, part.condition(),
						locked ? " FOR UPDATE" : ""))
				.params(part.parameters())
				.query((row) -> {
					stored.put(row.getString("RECORD_ID"), StoredReject.of(row));
				});
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
	 * Updates rejects.
	 * @return the records whose reject has been changed by another lane in the meantime
	 */
	private List<String> update(RejectingRun run, List<FailingRecord> changed, Instant now) {
		if (changed.isEmpty()) {
			return List.of();
		}
		int[] changes = this.template.batchUpdate(UPDATE,
				changed.stream().map((one) -> change(run, one, now)).toList());
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
			this.template.batchUpdate("DELETE FROM SYNC_REJECT_FORMER WHERE REJECT_ID = ?", former);
		}
		return missed;
	}

	private static Object[] change(RejectingRun run, FailingRecord one, Instant now) {
		FailedRecord record = one.last();
		StoredReject stored = one.now();
		return Arrays
			.<@Nullable Object>asList(stored.state().name(), stored.contentId(), record.operation().name(),
					record.stage().name(), Columns.cut(record.message(), Columns.MESSAGE),
					record.identity().properties(), Columns.cutOrNull(record.identity().notRestorable(), MAX_KEY),
					stored.attempts(), one.isReopened(), run.event(), run.event(), run.execution(), record.ordinal(),
					stored.acknowledged(), one.isReopened(), Columns.utc(now), Columns.utc(now),
					Columns.utcOrNull(stored.nextTry(now)), stored.id(), one.before().state().name())
			.toArray();
	}

}
