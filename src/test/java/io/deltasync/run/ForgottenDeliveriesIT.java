package io.deltasync.run;

import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a Link remembers from before it was told not to.
 */
class ForgottenDeliveriesIT extends ScriptedRuns {

	ForgottenDeliveriesIT() {
		super(TestDatabase.H2, "scriptedSource");
	}

	@Test
	void whatIsNotKeptUpToDateIsForgottenByTheNextRunThatWrites() throws Exception {
		JdbcTemplate jdbc = this.application.getBean(JdbcTemplate.class);
		jdbc.update("""
				INSERT INTO SYNC_DELIVERED (LINK, RECORD_ID, TARGET_ID, CONTENT_ID, VERSION, LAST_EVENT)
				SELECT 'people', X, 'target', 'content', 1, 1 FROM SYSTEM_RANGE(1, 1200)""");
		jdbc.update("""
				INSERT INTO SYNC_DELIVERED (LINK, RECORD_ID, TARGET_ID, CONTENT_ID, VERSION, LAST_EVENT)
				VALUES ('others', '1', 'target', 'content', 1, 1)""");
		run("DELTA", "testing");
		assertThat(remembered(jdbc)).isEqualTo(1201);
		run();
		assertThat(remembered(jdbc)).isEqualTo(1);
	}

	private static Integer remembered(JdbcTemplate jdbc) {
		return jdbc.queryForObject("SELECT COUNT(*) FROM SYNC_DELIVERED", Integer.class);
	}

}
