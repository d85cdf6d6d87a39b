package io.deltasync.jdbc.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.deltasync.api.LinkContext;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.jdbc.dialect.Failure;

/** Checks how rows are written, and what happens to those that are refused. */
final class WriteChecks {

	private static final String TABLE = "deltasync_target";

	private static final String COLUMNS = "id INTEGER NOT NULL PRIMARY KEY, v INTEGER, CHECK (v < 1000)";

	private final KitDatabase database;

	WriteChecks(KitDatabase database) {
		this.database = database;
	}

	void addTo(Map<String, DialectKit.Check> checks) {
		checks.put("rows are inserted or updated by their keys, and the last wins", this::upserts);
		checks.put("rows are updated and deleted by their keys", this::changes);
		checks.put("a refused record fails alone", this::refusals);
		checks.put("a value that another row has fails alone", this::collisions);
		checks.put("nothing is written after the lease was lost, or in testing mode", this::rollbacks);
		checks.put("failures are recognised", this::failures);
	}

	private void upserts() throws Exception {
		this.database.withTable(TABLE, COLUMNS, () -> {
			List<RecordInFlight> records = List.of(KitDatabase.record("id", 1, "v", 1),
					KitDatabase.record("id", 2, "v", 2), KitDatabase.record("id", 1, "v", 3),
					KitDatabase.record("id", 4));
			for (int round = 0; round < 2; round++) {
				this.database.write(TABLE, records);
				ReadChecks.requireNoErrors(records);
				requireRows("1=3, 2=2, 4=null");
			}
			this.database.write(TABLE, List.of(KitDatabase.record("id", 2, "v", 7)));
			requireRows("1=3, 2=7, 4=null");
		});
	}

	private void changes() throws Exception {
		this.database.withTable(TABLE, COLUMNS, () -> {
			this.database.write(TABLE, List.of(KitDatabase.record("id", 1, "v", 1), KitDatabase.record("id", 2)));
			this.database.write(TABLE,
					List.of(new RecordInFlight(Map.of("id", 1), Operation.DELETE),
							new RecordInFlight(Map.of("id", 2, "v", 5), Operation.UPDATE),
							new RecordInFlight(Map.of("id", 3, "v", 5), Operation.UPDATE)));
			requireRows("2=5");
		});
	}

	private void refusals() throws Exception {
		this.database.withTable(TABLE, COLUMNS, () -> {
			List<RecordInFlight> records = new ArrayList<>();
			for (int id = 0; id < 200; id++) {
				records.add(KitDatabase.record("id", id, "v", (id % 70 == 69) ? 5000 : id));
			}
			this.database.write(TABLE, records);
			for (int id = 0; id < 200; id++) {
				KitDatabase.require(records.get(id).isFailed() == (id % 70 == 69), "record %d: %s", id,
						records.get(id).errors());
			}
			int stored = this.database.read(TABLE).size();
			KitDatabase.require(stored == 198, "%d of 198 rows were stored", stored);
		});
	}

	private void collisions() throws Exception {
		this.database.withTable(TABLE, "id INTEGER NOT NULL PRIMARY KEY, v INTEGER NOT NULL UNIQUE", () -> {
			this.database.write(TABLE,
					List.of(KitDatabase.record("id", 1, "v", 1), KitDatabase.record("id", 2, "v", 2)));
			RecordInFlight collides = KitDatabase.record("id", 3, "v", 1);
			List<RecordInFlight> swapped = List.of(KitDatabase.record("id", 1, "v", 2),
					KitDatabase.record("id", 2, "v", 1));
			this.database.write(TABLE, List.of(KitDatabase.record("id", 4, "v", 4), collides));
			KitDatabase.require(collides.isFailed(), "a value that another row has was written");
			requireRows("1=1, 2=2, 4=4");
			if (!this.database.dialect().hasSavepoints()) {
				return;
			}
			this.database.write(TABLE, swapped);
			ReadChecks.requireNoErrors(swapped);
			requireRows("1=2, 2=1, 4=4");
		});
	}

	private void rollbacks() throws Exception {
		this.database.withTable(TABLE, COLUMNS, () -> {
			List<RecordInFlight> records = List.of(KitDatabase.record("id", 1, "v", 1));
			RunContext lost = new RunContext(() -> {
				throw new IllegalStateException("the lease was lost");
			}, null);
			try {
				this.database.write(TABLE, lost, LinkContext.builder(), records);
				throw new AssertionError("the lease was not checked");
			}
			catch (IllegalStateException ex) {
				requireRows("");
			}
			this.database.write(TABLE, new RunContext(), LinkContext.builder().testingMode(true), records);
			requireRows("");
		});
	}

	private void failures() throws Exception {
		this.database.withTable(TABLE, COLUMNS, () -> {
			this.database.insert(TABLE, "1", "1");
			String table = this.database.quote(TABLE);
			requireFailure("INSERT INTO %s VALUES (1, 2)".formatted(table), Failure.DUPLICATE);
			requireFailure("INSERT INTO %s VALUES (2, 5000)".formatted(table), Failure.RECORD);
			requireFailure("INSERT INTO %s VALUES (1, 2)".formatted(this.database.quote("deltasync nothing")),
					Failure.STATEMENT);
		});
	}

	private void requireFailure(String sql, Failure expected) throws SQLException {
		try (Connection connection = this.database.connect(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			Failure failure = this.database.dialect().failure(ex);
			KitDatabase.require(failure == expected, "%s is %s instead of %s (state %s, code %d)",
					String.valueOf(ex.getMessage()), failure, expected, ex.getSQLState(), ex.getErrorCode());
			return;
		}
		throw new AssertionError("%s did not fail".formatted(sql));
	}

	private void requireRows(String expected) throws Exception {
		List<String> rows = this.database.read(TABLE)
			.stream()
			.map((row) -> KitDatabase.value(row, "id") + "=" + KitDatabase.value(row, "v"))
			.toList();
		KitDatabase.require(expected.equals(String.join(", ", rows)), "the rows are %s instead of %s", rows, expected);
	}

}
