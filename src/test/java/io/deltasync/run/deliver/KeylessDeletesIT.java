package io.deltasync.run.deliver;

import io.deltasync.event.SyncEvent;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Deleted records cannot be deleted at the target if their key is not delivered.
 */
@EachDatabase(TestDatabase.H2)
class KeylessDeletesIT extends ScriptedRuns {

	KeylessDeletesIT() {
		super("scriptedSource", "deltasync.links.people.deletes=hard", "deltasync.links.people.max-delete-share=100",
				"deltasync.links.people.mapping.select=name");
	}

	@Test
	void fullRunWarnsOfWhatItCannotDelete() throws Exception {
		this.script.targetKey = "name";
		scopes(1, 10);
		run();
		scopes(1, 7);
		SyncEvent event = run("FULL");
		assertThat(event.success()).as(event.toString()).isTrue();
		assertThat(event.warnings()).singleElement()
			.asString()
			.contains("3 records", "cannot be deleted: their keys did not go to the target", "Map the source's key");
		assertThat(event.deleted()).isZero();
		assertThat(this.script.target).hasSize(10);
	}

	@Test
	void fullRunThatCanDeleteAllWarnsOfNothing() throws Exception {
		this.script.targetKey = "name";
		scopes(1, 10);
		run();
		assertThat(run("FULL").warnings()).isEmpty();
	}

}
