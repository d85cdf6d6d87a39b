package io.deltasync.run.fetch;

import java.util.Map;

import io.deltasync.api.Connections;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.RecordInFlight;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Link that has its LOCATOR queries run on a connection of its own.
 */
@EachDatabase(TestDatabase.H2)
class LocalConnectionIT extends ScriptedRuns {

	LocalConnectionIT() {
		super("scriptedRowSource", "deltasync.links.people.local-connection=archive",
				"deltasync.connections.archive.url=jdbc:h2:mem:archive;DB_CLOSE_DELAY=-1",
				"deltasync.connections.archive.username=sa");
	}

	@BeforeParameterizedClassInvocation
	void makeTable() {
		JdbcTemplate archive = new JdbcTemplate(this.application.getBean(Connections.class).get("archive"));
		archive.execute("CREATE TABLE ARCHIVED AS SELECT X AS ID FROM SYSTEM_RANGE(1, 3)");
	}

	@Test
	void queryRunsThere() throws Exception {
		this.script.locate = () -> FetchStrategy.queryLocator("SELECT ID FROM ARCHIVED");
		this.script.build = (rows) -> rows.stream().map(LocalConnectionIT::record).toList();
		SyncEvent event = run();
		assertThat(event.success()).as(event.toString()).isTrue();
		assertThat(this.script.target).hasSize(3);
	}

	private static RecordInFlight record(Map<String, Object> row) {
		return Script.record(((Number) row.get("ID")).intValue());
	}

	@Test
	void queryThatCannotBeRunThereNamesTheConnection() throws Exception {
		this.script.locate = () -> FetchStrategy.queryLocator("SELECT * FROM NOWHERE");
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains("connection 'archive'", "SELECT * FROM NOWHERE");
	}

}
