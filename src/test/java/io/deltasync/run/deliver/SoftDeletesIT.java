package io.deltasync.run.deliver;

import io.deltasync.event.SyncEvent;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Deleted records are marked at the target.
 */
@EachDatabase(TestDatabase.H2)
class SoftDeletesIT extends ScriptedRuns {

	SoftDeletesIT() {
		super("scriptedSource", "deltasync.links.people.deletes=soft", "deltasync.links.people.max-delete-share=50",
				"deltasync.links.people.soft-delete.gone=true", "deltasync.links.people.mapping.constants.gone=false",
				"deltasync.links.people.mapping.types.gone=boolean");
	}

	@Test
	void recordIsMarkedAndKeepsTheRest() throws Exception {
		scopes(1, 10);
		run();
		scopes(1, 8);
		SyncEvent event = run("FULL");
		assertThat(event.success()).as(event.toString()).isTrue();
		assertThat(this.script.target).hasSize(10);
		assertThat(this.script.target.get(9)).containsEntry("name", "name 9").containsEntry("gone", true);
		assertThat(this.script.target.get(7)).containsEntry("gone", false);
		scopes(1, 10);
		run();
		assertThat(this.script.target.get(9)).containsEntry("gone", false);
	}

	@Test
	void rowThatSomebodyElseHasDeletedIsNotMadeAnew() throws Exception {
		scopes(1, 10);
		run();
		this.script.target.remove(9);
		scopes(1, 9);
		assertThat(run("FULL").success()).isTrue();
		assertThat(this.script.target).hasSize(9);
	}

}
