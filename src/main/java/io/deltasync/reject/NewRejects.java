package io.deltasync.reject;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.deltasync.schema.Columns;
import io.deltasync.schema.OwnedRows;
import io.deltasync.schema.Product;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Adds rejects, many in one statement, unless another lane has just added one of the same
 * record. Thread-safe; takes part in the caller's transaction.
 */
final class NewRejects {

	/**
	 * How many rejects an INSERT adds, and approximately how much text, in characters.
	 */
	private static final int ROWS = 100;

	private static final int TEXT = 500_000;

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
	private static final String MYSQL_TOUCHES = " ON DUPLICATE KEY UPDATE LAST_SEEN = "
			+ "GREATEST(VALUES(LAST_SEEN), SYNC_REJECT.LAST_SEEN) + INTERVAL 1 MICROSECOND";

	private final JdbcClient jdbc;

	private final OwnedRows rows;

	private final Product product;

	NewRejects(JdbcTemplate jdbc, Product product) {
		this.jdbc = JdbcClient.create(jdbc);
		this.rows = new OwnedRows(product);
		this.product = product;
	}

	/**
	 * Adds rejects.
	 * @return the records for which another lane has added one in the meantime
	 */
	List<String> insert(RejectingRun run, List<FailingRecord> added, Instant now) {
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
		return switch (this.product) {
			case H2 -> insertOrThrow(run, part, now, this.jdbc.sql(insert).params(values), ids);
			case MYSQL -> {
				int changes = this.jdbc.sql(insert + MYSQL_TOUCHES).params(values).update();
				yield (changes == ids.size()) ? List.of() : seenAfter(run.link(), ids, now);
			}
			case POSTGRESQL -> {
				Set<String> stored = new HashSet<>(
						this.jdbc.sql(insert + this.product.keepExisting() + " RETURNING RECORD_ID")
							.params(values)
							.query(String.class)
							.list());
				yield ids.stream().filter((id) -> !stored.contains(id)).toList();
			}
		};
	}

	private List<String> insertOrThrow(RejectingRun run, List<FailingRecord> part, Instant now,
			JdbcClient.StatementSpec insert, List<String> ids) {
		try {
			insert.update();
			return List.of();
		}
		catch (DuplicateKeyException ex) {
			// another lane has met one of the records
			return (part.size() == 1) ? ids
					: part.stream().flatMap((one) -> insertPart(run, List.of(one), now).stream()).toList();
		}
	}

	private List<String> seenAfter(String link, List<String> recordIds, Instant now) {
		List<String> seen = new ArrayList<>();
		for (OwnedRows.Part part : this.rows.of("LINK", link, "RECORD_ID", recordIds)) {
			seen.addAll(this.jdbc
				.sql("SELECT RECORD_ID FROM SYNC_REJECT WHERE LAST_SEEN > :now AND %s FOR UPDATE"
					.formatted(part.condition()))
				.param("now", Columns.utc(now))
				.params(part.parameters())
				.query(String.class)
				.list());
		}
		return seen;
	}

	private static List<@Nullable Object> values(RejectingRun run, FailingRecord one, Instant now) {
		FailedRecord record = one.last();
		StoredReject stored = one.now();
		LocalDateTime time = Columns.utc(now);
		return Arrays.asList(run.link(), one.recordId(), stored.contentId(), stored.state().name(),
				Columns.cutOrNull(record.key(), RejectWriter.MAX_KEY), record.keyProperties(),
				record.operation().name(), record.stage().name(), Columns.cut(record.message(), Columns.MESSAGE),
				record.identity().properties(),
				Columns.cutOrNull(record.identity().notRestorable(), RejectWriter.MAX_KEY), stored.attempts(),
				run.event(), run.event(), run.execution(), record.ordinal(), stored.acknowledged(), time, time,
				Columns.utcOrNull(stored.nextTry(now)));
	}

}
