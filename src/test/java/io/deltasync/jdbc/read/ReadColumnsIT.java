package io.deltasync.jdbc.read;

import java.util.List;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.ColumnDescription;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.jdbc.BuiltInDialects;
import io.deltasync.jdbc.JdbcAdapterFixture;
import io.deltasync.jdbc.Pull;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The option {@code columns}. */
@EachDatabase({ TestDatabase.H2, TestDatabase.MYSQL, TestDatabase.POSTGRESQL })
class ReadColumnsIT extends JdbcAdapterFixture {

	@BeforeEach
	void createTable() {
		execute("CREATE TABLE t (id INT PRIMARY KEY, status VARCHAR(20), version INT, note VARCHAR(20), stamp TIMESTAMP)");
		for (int id = 1; id <= 9; id++) {
			this.jdbc.update("INSERT INTO t VALUES (?, ?, ?, 'a note', CURRENT_TIMESTAMP)", id,
					(id % 3 == 0) ? "gone" : "done", id);
		}
	}

	private static List<String> names(RecordInFlight record) {
		return record.properties().keySet().stream().map(String::toLowerCase).toList();
	}

	@Test
	void onlyTheNamedColumnsAreReadInTheOrderOfTheTable() throws Exception {
		Pull pull = pull("t",
				new SourceSettings().columns("VERSION", "id", "note")
					.delta("version")
					.where("stamp IS NOT NULL")
					.deletedWhen("status = 'gone'"))
			.batchSizeLimit(4);

		List<RecordInFlight> records = pull.run();

		assertThat(records).hasSize(9)
			.allSatisfy((record) -> assertThat(names(record)).containsExactly("id", "version", "note"))
			.allSatisfy((record) -> assertThat(values(List.of(record), "note")).containsExactly("a note"));
		assertThat(records).filteredOn((record) -> record.operation() == Operation.DELETE).hasSize(3);
	}

	@Test
	void columnsThatAreNotReadAreStillDescribed() throws Exception {
		JdbcSource source = new JdbcSource(this.connections,
				new JdbcTables(this.connections, BuiltInDialects.with(List.of())));
		source.configure(new SourceSettings().columns("note", "id").options());

		assertThat(source.propertyNames(context("t"))).map(String::toLowerCase).containsExactly("id", "note");
		assertThat(source.columns(context("t"))).map(ColumnDescription::name)
			.map(String::toLowerCase)
			.containsExactly("id", "status", "version", "note", "stamp");
	}

	@Test
	void columnsWithoutTheKeyOrTheDeltaColumnAreRefused() {
		refused(new SourceSettings().columns("note"), "leaves out 'id' of table 't'", "part of the key");
		refused(new SourceSettings().columns("id", "note").delta("version"), "leaves out 'version'",
				"which is the delta-column; add it to columns");
		refused(new SourceSettings().columns("id", "remark"), "There is no column 'remark' (columns)",
				"its columns are: id, status");
	}

	private void refused(SourceSettings settings, String... words) {
		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> pull("t", settings).run())
			.satisfies(
					(ex) -> assertThat(ex.getMessage()).containsIgnoringCase(words[0]).containsIgnoringCase(words[1]));
	}

}
