package io.deltasync.run.deliver;

import java.util.Optional;

import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.link.Links;
import io.deltasync.run.start.AutoReplay;
import io.deltasync.run.start.AutoReplays;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Runs of which only deletions failed have nothing that a replay could bring, and none
 * follows them.
 */
@EachDatabase(TestDatabase.H2)
@Timeout(60)
class RefusedDeletesIT extends ScriptedRuns {

	RefusedDeletesIT() {
		super("scriptedSource", "deltasync.links.people.deletes=hard", "deltasync.links.people.auto-replay=3",
				"deltasync.links.people.auto-replay-after=1h");
	}

	@Test
	void noReplayFollowsARunThatWasToDeleteTooMuch() throws Exception {
		scopes(1, 20);
		run();
		scopes(1, 10);
		SyncEvent refused = run("FULL");
		assertThat(refused.status()).isEqualTo(Status.COMPLETED);
		assertThat(refused.success()).isFalse();
		assertThat(this.events.newest(LINK, 10)).hasSize(2);
		assertThat(nextReplay()).isEmpty();
		assertThatExceptionOfType(InvalidJobParametersException.class).isThrownBy(() -> replay(refused))
			.withMessageContaining("nothing of event " + refused.id() + " is left to replay");
	}

	@Test
	void noReplayFollowsARunWhoseTargetDidNotDelete() throws Exception {
		scopes(1, 20);
		run();
		scopes(1, 19);
		this.script.poison.add(19);
		SyncEvent failed = run("FULL");
		assertThat(failed.success()).isFalse();
		assertThat(failed.errors()).extracting(SyncEvent.Failure::key).containsExactly(null, "19");
		assertThat(this.events.newest(LINK, 10)).hasSize(2);
		assertThat(nextReplay()).isEmpty();
	}

	private Optional<AutoReplay> nextReplay() {
		return this.application.getBean(AutoReplays.class).next(this.application.getBean(Links.class).get(LINK));
	}

}
