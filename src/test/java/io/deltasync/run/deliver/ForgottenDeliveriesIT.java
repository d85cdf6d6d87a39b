package io.deltasync.run.deliver;

import io.deltasync.link.Links;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a Link remembers from before it was told not to.
 */
@EachDatabase(TestDatabase.H2)
class ForgottenDeliveriesIT extends ScriptedRuns {

	ForgottenDeliveriesIT() {
		super("scriptedSource", "deltasync.links.same.source.adapter=scriptedSource",
				"deltasync.links.same.source.table=customer", "deltasync.links.same.target.adapter=scriptedTarget",
				"deltasync.links.same.target.table=contact", "deltasync.links.other.source.adapter=scriptedSource",
				"deltasync.links.other.source.table=person", "deltasync.links.other.target.adapter=scriptedTarget",
				"deltasync.links.other.target.table=company");
	}

	@Test
	void whatIsNotKeptUpToDateIsForgottenByTheNextRunThatWrites() throws Exception {
		JdbcTemplate jdbc = this.application.getBean(JdbcTemplate.class);
		jdbc.update(
				"""
						INSERT INTO SYNC_DELIVERED_ROW (LINK, ROW_ID, SOURCE_ID, TARGET_ID, CONTENT_ID, VERSION, LAST_EVENT, LAST_RUN)
						SELECT 'people', X, X, 'target', 'content', 1, 1, 1 FROM SYSTEM_RANGE(1, 1200)""");
		jdbc.update(
				"""
						INSERT INTO SYNC_DELIVERED_ROW (LINK, ROW_ID, SOURCE_ID, TARGET_ID, CONTENT_ID, VERSION, LAST_EVENT, LAST_RUN)
						VALUES ('others', '1', '1', 'target', 'content', 1, 1, 1)""");
		run("DELTA", "testing");
		assertThat(remembered(jdbc)).isEqualTo(1201);
		run();
		assertThat(remembered(jdbc)).isEqualTo(1);
	}

	@Test
	void anotherTableIsAnotherTargetAndAnotherSourceIsNot() {
		Links links = this.application.getBean(Links.class);
		String target = links.get(LINK).identity().targetId();
		assertThat(links.get("same").identity().targetId()).isEqualTo(target);
		assertThat(links.get("other").identity().targetId()).isNotEqualTo(target);
	}

	private static Integer remembered(JdbcTemplate jdbc) {
		return jdbc.queryForObject("SELECT COUNT(*) FROM SYNC_DELIVERED_ROW", Integer.class);
	}

}
