package io.deltasync.jdbc.testkit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import io.deltasync.api.RecordInFlight;
import io.deltasync.jdbc.dialect.Session;
import io.deltasync.jdbc.dialect.StatementSink;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnType;
import org.jspecify.annotations.Nullable;

/** Checks the clock, and that changes are found by time. */
final class DeltaChecks {

	private static final String TABLE = "deltasync_source";

	private final KitDatabase database;

	private final String timestamp;

	private final Duration precision;

	DeltaChecks(KitDatabase database, String timestamp, Duration precision) {
		this.database = database;
		this.timestamp = timestamp;
		this.precision = precision;
	}

	void addTo(Map<String, DialectKit.Check> checks, boolean openTransactions) {
		checks.put("the clock advances while a session reads", this::clock);
		checks.put("changes are found to the shortest time", this::changes);
		if (openTransactions) {
			checks.put("rows that are committed late are found", this::lateCommits);
		}
	}

	private void clock() throws Exception {
		try (Session session = this.database.readingSession()) {
			Instant first = this.database.dialect().clock().now(session.connection());
			Instant later = first;
			for (int i = 0; i < 100_000 && !later.isAfter(first); i++) {
				later = this.database.dialect().clock().now(session.connection());
			}
			KitDatabase.require(later.isAfter(first), "the clock stands still at %s", first);
		}
	}

	private Instant now() throws SQLException {
		try (Connection connection = this.database.connect()) {
			return this.database.dialect().clock().now(connection).truncatedTo(ChronoUnit.MICROS);
		}
	}

	private void insert(Connection connection, int id, Instant at) throws SQLException {
		Column column = Column.builder("d", ColumnType.LOCAL_DATE_TIME, this.timestamp).build();
		String sql = "INSERT INTO %s VALUES (%d, %s)".formatted(this.database.quote(TABLE), id,
				this.database.dialect().placeholder(column));
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			StatementSink sink = this.database.dialect().sink(statement);
			sink.add(LocalDateTime.ofInstant(at, ZoneOffset.UTC));
			statement.executeUpdate();
		}
	}

	private void insert(int id, Instant at) throws SQLException {
		try (Connection connection = this.database.connect()) {
			insert(connection, id, at);
		}
	}

	private void withTable(KitDatabase.Step use) throws Exception {
		this.database.withTable(TABLE, "id INTEGER NOT NULL PRIMARY KEY, d " + this.timestamp, use);
	}

	private KitDatabase.Read read(@Nullable String cursor) throws Exception {
		return this.database.read(TABLE, new KitDatabase.Reading("d", cursor, 2));
	}

	private static void requireIds(List<RecordInFlight> records, Object... ids) {
		List<String> found = records.stream().map((record) -> String.valueOf(KitDatabase.value(record, "id"))).toList();
		List<String> expected = java.util.Arrays.stream(ids).map(String::valueOf).toList();
		KitDatabase.require(found.containsAll(expected) && found.size() == expected.size(),
				"the rows %s were read instead of %s", found, expected);
	}

	private void changes() throws Exception {
		withTable(() -> {
			Instant tie = now().minus(Duration.ofMinutes(10)).truncatedTo(ChronoUnit.MILLIS).plusNanos(123_000);
			insert(1, tie.minus(this.precision));
			insert(2, tie);
			insert(3, tie);
			insert(4, now().plus(Duration.ofHours(1)));
			KitDatabase.Read all = read(null);
			requireIds(all.records(), 1, 2, 3, 4);
			String column = all.records().get(0).properties().keySet().stream().skip(1).findFirst().orElseThrow();
			requireIds(read("time:%s:%s".formatted(column, tie)).records(), 2, 3);
			requireIds(read(all.cursor()).records());
		});
	}

	/** Servers may show a list of transactions that is somewhat old. */
	private void awaitOpenWrites() throws SQLException {
		Instant until = now().plusSeconds(1);
		boolean shown = false;
		for (int i = 0; i < 50 && !shown; i++) {
			LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
			try (Session session = this.database.readingSession()) {
				shown = this.database.dialect().clock().openWrites(session.connection(), until) != null;
			}
		}
		KitDatabase.require(shown, "openWrites() does not show a transaction that has written");
	}

	private void lateCommits() throws Exception {
		withTable(() -> {
			KitDatabase.Read first = read(null);
			try (Connection late = this.database.connect()) {
				late.setAutoCommit(false);
				insert(late, 0, Instant.parse("2000-01-01T00:00:00Z"));
				insert(late, 1, now());
				awaitOpenWrites();
				KitDatabase.Read meanwhile = read(first.cursor());
				requireIds(meanwhile.records());
				late.commit();
				late.setAutoCommit(true);
				requireIds(read(meanwhile.cursor()).records(), 1);
			}
		});
	}

}
