package io.deltasync.jdbc.read;

import java.util.List;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.jdbc.JdbcAdapterFixture;
import io.deltasync.jdbc.Pull;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The options {@code where} and {@code deleted-when}. */
@EachDatabase({ TestDatabase.H2, TestDatabase.MYSQL, TestDatabase.POSTGRESQL, TestDatabase.SQLITE })
class JdbcConditionIT extends JdbcAdapterFixture {

	@BeforeEach
	void createTable() {
		execute("CREATE TABLE t (id INT PRIMARY KEY, status VARCHAR(20), version INT)",
				"CREATE INDEX v ON t (version)");
		for (int id = 1; id <= 20; id++) {
			this.jdbc.update("INSERT INTO t VALUES (?, ?, ?)", id, (id % 4 == 0) ? "draft" : "done", id);
		}
	}

	private static List<RecordInFlight> withStatus(List<RecordInFlight> records, String status) {
		return records.stream().filter((record) -> record.properties().containsValue(status)).toList();
	}

	@Test
	void rowsThatDoNotMeetTheConditionAreNotRead() throws Exception {
		Pull pull = pull("t", new SourceSettings().where("status <> 'draft' -- nobody's business")).batchSizeLimit(4);

		List<RecordInFlight> records = pull.run();

		assertThat(records).hasSize(15);
		assertThat(withStatus(records, "draft")).isEmpty();
		assertThat(pull.sizes).containsExactly(4, 4, 4, 3);
	}

	@Test
	void alternativesInTheConditionStayWithinTheWindow() throws Exception {
		Pull pull = pull("t",
				new SourceSettings().delta("version").overlapNumbers(0).where("status = 'draft' OR status = 'new'"))
			.batchSizeLimit(2);
		assertThat(pull.run()).hasSize(5);
		this.jdbc.update("UPDATE t SET status = 'new', version = version + 100 WHERE id IN (2, 3, 5)");
		this.jdbc.update("UPDATE t SET version = version + 100 WHERE id = 6");

		// the row at the start of the window is read again
		assertThat(values(pull.run(), "id")).containsExactlyInAnyOrder(20L, 2L, 3L, 5L);
	}

	@ParameterizedTest
	@ValueSource(strings = { "no_such_column = 1", "status = ", "1 = 1) OR (1 = 1", "status = ?", "/* unfinished" })
	void conditionThatTheDatabaseRefusesAbortsAndNamesTheOption(String condition) {
		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> pull("t", new SourceSettings().where(condition)).run())
			.withMessageContaining("The option where is not a condition")
			.withMessageContaining(condition);
		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> pull("t", new SourceSettings().deletedWhen(condition)).run())
			.withMessageContaining("The option deleted-when is not a condition");
	}

	@Test
	void rowsThatMarkThemselvesAsDeletedBecomeDeletions() throws Exception {
		Pull pull = pull("t",
				new SourceSettings().delta("version").overlapNumbers(0).deletedWhen("status = 'gone' OR id = 7"))
			.batchSizeLimit(7);
		List<RecordInFlight> everything = pull.run();
		assertThat(everything).filteredOn((record) -> record.operation() == Operation.DELETE)
			.singleElement()
			.satisfies((record) -> assertThat(values(List.of(record), "id")).containsExactly(7L));
		this.jdbc.update("UPDATE t SET status = 'gone', version = 21 WHERE id = 3");
		this.jdbc.update("UPDATE t SET status = 'new', version = 22 WHERE id = 4");

		List<RecordInFlight> changes = pull.run();

		assertThat(changes).filteredOn((record) -> record.operation() == Operation.DELETE)
			.singleElement()
			.satisfies((record) -> assertThat(values(List.of(record), "id")).containsExactly(3L));
		assertThat(values(changes, "id")).contains(4L);
		assertThat(changes.get(0).properties()).hasSize(3);
	}

}
