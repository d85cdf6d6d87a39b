package io.deltasync.run;

import java.util.List;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.RunContext;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.Watermark;
import io.deltasync.scope.RecordCounts;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.launch.JobRestartException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Runs that only try: the target is not changed, window and cursor stay where they are.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.MYSQL })
class TestingIT extends ScriptedRuns {

	TestingIT() {
		super("scriptedSource");
	}

	@Test
	void testingRunTriesEverythingAndMovesNothing() throws Exception {
		source("a");
		SyncEvent real = run();
		this.script.target.clear();
		source("b");
		SyncEvent testing = run("DELTA", "testing");
		assertThat(testing.testing()).isTrue();
		assertThat(testing.success()).isTrue();
		assertThat(testing.windowStart()).isEqualTo(real.runTimestamp());
		assertThat(testing.records()).isEqualTo(new RecordCounts(5, 5, 0, 0, 0, 0, 0, 0));
		assertThat(testing.cursorAfter()).isNull();
		assertThat(this.script.target).isEmpty();
		assertThat(this.events.lastSuccess(LINK)).isEqualTo(new Watermark(real.runTimestamp(), "a"));

		SyncEvent next = run();
		assertThat(next.windowStart()).isEqualTo(real.runTimestamp());
		assertThat(next.cursorBefore()).isEqualTo("a");
		assertThat(this.script.target).hasSize(5);
	}

	@Test
	void fullTestingRunMovesNothingEither() throws Exception {
		source("a");
		SyncEvent real = run();
		this.script.target.clear();
		source("b");
		SyncEvent testing = run("FULL", "testing");
		assertThat(testing.success()).isTrue();
		assertThat(testing.windowStart()).isNull();
		assertThat(this.script.target).isEmpty();
		assertThat(this.events.lastSuccess(LINK)).isEqualTo(new Watermark(real.runTimestamp(), "a"));
	}

	@Test
	void restartOfATestingRunIsATestingRun() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("0", "1"));
		this.script.fetch = (source, context, scope) -> {
			if (scope.equals("1")) {
				throw new IllegalStateException("not now");
			}
			return Script.records(0, 5);
		};
		SyncEvent failed = run("DELTA", "testing");
		assertThat(failed.success()).isFalse();
		this.script.fetch = (source, context, scope) -> Script.records(5, 10);
		SyncEvent done = restart(failed);
		assertThat(done.success()).isTrue();
		assertThat(done.testing()).isTrue();
		assertThat(done.records().written()).isEqualTo(10);
		assertThat(this.script.target).isEmpty();
		assertThat(this.events.lastSuccess(LINK)).isEqualTo(Watermark.NONE);
	}

	@Test
	void runBeforeATestingRunIsNotRestarted() throws Exception {
		scopes(1, 5);
		this.script.poison.add(2);
		SyncEvent failed = run();
		run("DELTA", "testing");
		assertThatExceptionOfType(JobRestartException.class).isThrownBy(() -> restart(failed))
			.withMessageContaining("was a testing one. Start a new run");
	}

	private void source(String cursor) {
		this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("0"));
		this.script.fetch = (source, context, scope) -> {
			RunContext.currentContext().setCursor(cursor);
			return Script.records(0, 5);
		};
	}

}
