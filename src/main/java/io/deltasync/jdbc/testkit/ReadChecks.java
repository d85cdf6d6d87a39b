package io.deltasync.jdbc.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.deltasync.api.RecordInFlight;
import org.jspecify.annotations.Nullable;

/** Checks how tables are described and read, and that values stay the same. */
final class ReadChecks {

	private static final String SOURCE = "deltasync_source";

	private static final String TARGET = "deltasync_target";

	private final KitDatabase database;

	ReadChecks(KitDatabase database) {
		this.database = database;
	}

	void addTo(Map<String, DialectKit.Check> checks, Map<String, List<String>> types, List<String> keyTypes) {
		checks.put("the database is recognised", () -> {
			try (var connection = this.database.connect()) {
				KitDatabase.require(this.database.dialect().supports(connection.getMetaData()),
						"supports() denies the database");
			}
		});
		types.forEach((type, literals) -> checks.put("values of %s are copied exactly".formatted(type),
				() -> copies(type, literals)));
		keyTypes.forEach(
				(type) -> checks.put("ranges of a key of %s hold every row once".formatted(type), () -> ranges(type)));
		checks.put("names may hold any character", this::names);
		checks.put("a session returns as it was lent", this::sessions);
	}

	private void copies(String type, List<String> literals) throws Exception {
		String columns = "id INTEGER NOT NULL PRIMARY KEY, v " + type;
		this.database.withTable(SOURCE, columns, () -> this.database.withTable(TARGET, columns, () -> {
			this.database.insert(SOURCE, "0", "NULL");
			for (int i = 0; i < literals.size(); i++) {
				this.database.insert(SOURCE, String.valueOf(i + 1), literals.get(i));
			}
			List<RecordInFlight> read = this.database.read(SOURCE);
			requireNoErrors(read);
			KitDatabase.require(read.size() == literals.size() + 1, "%d of %d rows were read", read.size(),
					literals.size() + 1);
			this.database.write(TARGET, read);
			requireNoErrors(read);
			List<RecordInFlight> copied = this.database.read(TARGET);
			for (int i = 0; i < read.size(); i++) {
				Object before = KitDatabase.value(read.get(i), "v");
				Object after = KitDatabase.value(copied.get(i), "v");
				KitDatabase.require(Objects.deepEquals(before, after), "%s became %s", shown(before), shown(after));
			}
		}));
	}

	private static String shown(@Nullable Object value) {
		return (value instanceof byte[] bytes) ? Arrays.toString(bytes) : String.valueOf(value);
	}

	static void requireNoErrors(List<RecordInFlight> records) {
		for (RecordInFlight record : records) {
			KitDatabase.require(!record.isFailed(), "%s failed: %s", record.properties(), record.errors());
		}
	}

	private void ranges(String type) throws Exception {
		String columns = "a %s NOT NULL, b INTEGER NOT NULL, PRIMARY KEY (a, b)".formatted(type);
		this.database.withTable(SOURCE, columns, () -> {
			int rows = 0;
			for (int a = 0; a < 12; a++) {
				for (int b = 0; b < 1 + a % 4; b++) {
					String key = switch (type) {
						case "INTEGER" -> String.valueOf(a * 1000 - 5000);
						case "DATE" -> "'2024-02-%02d'".formatted(1 + a * 2);
						case "DECIMAL(20, 5)" -> "%d.%05d".formatted(a - 6, a);
						default -> "'%s%d'".formatted((a % 2 == 0) ? "é''😀_%" : "Zz ", a);
					};
					this.database.insert(SOURCE, key, String.valueOf(b));
					rows++;
				}
			}
			Set<String> seen = new HashSet<>();
			List<RecordInFlight> read = this.database.read(SOURCE, new KitDatabase.Reading(null, null, 3)).records();
			read.forEach((record) -> seen.add(KitDatabase.value(record, "a") + "/" + KitDatabase.value(record, "b")));
			KitDatabase.require(read.size() == rows && seen.size() == rows,
					"%d rows, %d of them different, were read of %d", read.size(), seen.size(), rows);
		});
	}

	private void names() throws Exception {
		String table = "deltasync Table 'a' \"b\" 1.5";
		String key = "select \"'` --";
		this.database.withTable(table, "%s INTEGER NOT NULL PRIMARY KEY, %s INTEGER".formatted(this.database.quote(key),
				this.database.quote("From")), () -> {
					List<RecordInFlight> records = new ArrayList<>();
					for (int id = 0; id < 9; id++) {
						records.add(KitDatabase.record(key, id, "From", id));
					}
					this.database.write(table, records);
					requireNoErrors(records);
					KitDatabase.require(this.database.read(table).size() == 9, "%d of 9 rows were read",
							this.database.read(table).size());
				});
	}

	private void sessions() throws Exception {
		this.database.withTable(SOURCE, "id INTEGER NOT NULL PRIMARY KEY", () -> {
			this.database.write(SOURCE, List.of(KitDatabase.record("id", 1), KitDatabase.record("id", 2)));
			for (int i = 0; i < 5; i++) {
				Iterable<RecordInFlight> rows = this.database.stream(SOURCE);
				rows.iterator().next();
				((AutoCloseable) rows).close();
			}
			try (var connection = this.database.connect()) {
				KitDatabase.require(connection.getAutoCommit(), "auto-commit is off");
				KitDatabase.require(!connection.isReadOnly(), "the connection is read-only");
			}
		});
	}

}
