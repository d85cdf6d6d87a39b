package io.deltasync.run.deliver;

import io.deltasync.event.SyncEvent;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Deleted records are reported, but not changed at the target.
 */
@EachDatabase(TestDatabase.H2)
class ReportedDeletesIT extends ScriptedRuns {

	ReportedDeletesIT() {
		super("scriptedSource", "deltasync.links.people.deletes=report");
	}

	@Test
	void runWarnsOfWhatIsGoneAndDeletesNothing() throws Exception {
		scopes(1, 10);
		run();
		scopes(1, 7);
		SyncEvent event = run("FULL");
		assertThat(event.success()).isTrue();
		assertThat(event.warnings()).singleElement()
			.asString()
			.contains("the source no longer has 3 of 10 delivered records (30 %)", "7", "8", "9",
					"Nothing was deleted");
		assertThat(this.script.target).hasSize(10);
		assertThat(run("FULL").warnings()).hasSize(1);
		assertThat(run().warnings()).isEmpty();
	}

}
