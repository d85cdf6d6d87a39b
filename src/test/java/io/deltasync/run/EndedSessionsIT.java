package io.deltasync.run;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.deltasync.event.SyncEvent;
import io.deltasync.schema.DatabaseUnavailableException;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server of the JobRepository ends all sessions while a run is at work, as it does
 * when it is restarted.
 */
@EachDatabase(TestDatabase.POSTGRESQL)
class EndedSessionsIT extends ScriptedRuns {

	EndedSessionsIT() {
		super("scriptedSource");
	}

	@Test
	void nothingIsLostWhenTheSessionsEndBeforeOrAfterADelivery() throws Exception {
		for (boolean before : List.of(true, false)) {
			scopes(6, 100);
			this.script.target.clear();
			AtomicInteger pushes = new AtomicInteger();
			Runnable end = () -> {
				if (pushes.incrementAndGet() == 3) {
					endSessions();
				}
			};
			if (before) {
				this.script.beforePush = end;
			}
			else {
				this.script.afterPush = end;
			}
			Throwable thrown = null;
			SyncEvent event = null;
			try {
				event = run();
			}
			catch (Exception ex) {
				thrown = ex;
			}
			assertThat(pushes).as("the sessions were ended").hasValueGreaterThanOrEqualTo(3);
			if (thrown != null) {
				assertThat(DatabaseUnavailableException.isCauseOf(thrown)).as(thrown.toString()).isTrue();
			}
			if (event != null && !event.success()) {
				// what the driver says: the reason, or that it could not send any more
				assertThat(event.errors())
					.allSatisfy((error) -> assertThat(error.message()).doesNotContain("rollback failed"));
			}
			this.script.reset();
			scopes(6, 100);
			if (event == null || !event.success()) {
				assertThat(run().success()).isTrue();
			}
			assertThat(this.script.target).hasSize(600);
		}
	}

	private void endSessions() {
		new JdbcTemplate(this.database.dataSource(this.schema())).execute("""
				SELECT pg_terminate_backend(pid) FROM pg_stat_activity
				WHERE datname = CURRENT_CATALOG AND pid <> pg_backend_pid()""");
	}

	private String schema() {
		return this.application.getBean(JdbcTemplate.class).queryForObject("SELECT CURRENT_CATALOG", String.class);
	}

}
