package io.deltasync.event;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.parameters.JobParameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a run is started with, and the window that follows from it.
 */
class RunParametersTests {

	private static final Instant NOW = Instant.parse("2026-11-22T08:00:00.123456Z");

	private static final Watermark SUCCESS = new Watermark(Instant.parse("2026-11-21T08:00:00Z"), "c1",
			Instant.parse("2026-11-21T09:00:00.5Z"));

	private static final Watermark REPLAYED = new Watermark(Instant.parse("2026-11-01T08:00:00Z"), "c0");

	@Test
	void everythingComesBackFromJobParameters() {
		RunParameters replay = new RunParameters(NOW, Mode.REPLAY, true, "schedule", SUCCESS,
				new ReplayOrigin(17, true, REPLAYED, true), true, true, null);
		assertThat(RunParameters.of(replay.toJobParameters())).isEqualTo(replay);
		RunParameters plain = new RunParameters(NOW, Mode.DELTA, false, "cli", Watermark.NONE);
		assertThat(RunParameters.of(plain.toJobParameters())).isEqualTo(plain);
		RunParameters set = new RunParameters(NOW, Mode.SET, false, "cli", SUCCESS, null, false, false,
				Instant.parse("2026-10-01T00:00:00Z"));
		assertThat(RunParameters.of(set.toJobParameters())).isEqualTo(set);
		RunParameters rest = new RunParameters(NOW, Mode.REPLAY, false, "cli", SUCCESS,
				new ReplayOrigin(17, false, Watermark.NONE, false), false, false, null);
		assertThat(RunParameters.of(rest.toJobParameters())).isEqualTo(rest);
	}

	@Test
	void onlyTheRunTimestampTellsRunsApart() {
		JobParameters parameters = new RunParameters(NOW, Mode.REPLAY, true, "schedule", SUCCESS,
				new ReplayOrigin(17, true, REPLAYED, true), true, true, null)
			.toJobParameters();
		assertThat(parameters.getIdentifyingParameters()).singleElement()
			.satisfies((parameter) -> assertThat(parameter.name()).isEqualTo(RunParameters.RUN_TIMESTAMP));
	}

	@Test
	void runTimestampHasMicrosecondsAndOneLength() {
		assertThat(new RunParameters(NOW.plusNanos(789), Mode.DELTA, false, "cli", SUCCESS).runTimestamp())
			.isEqualTo(NOW);
		assertThat(RunParameters.format(Instant.parse("2026-11-22T08:00:00Z")))
			.isEqualTo("2026-11-22T08:00:00.000000Z");
	}

	@Test
	void missingRunTimestampSaysHowToStart() {
		assertThatIllegalArgumentException().isThrownBy(() -> RunParameters.of(new JobParameters()))
			.withMessageContaining("runTimestamp")
			.withMessageContaining("JobOperator");
	}

	@Test
	void deltaGoesOnFromTheLastSuccess() {
		RunParameters delta = new RunParameters(NOW, Mode.DELTA, false, "cli", SUCCESS);
		assertThat(delta.windowStart()).isEqualTo(SUCCESS.sync());
		assertThat(delta.cursorBefore()).isEqualTo("c1");
		assertThat(delta.isFull()).isFalse();
	}

	@Test
	void fullRunAsksForEverything() {
		RunParameters full = new RunParameters(NOW, Mode.FULL, false, "cli", SUCCESS);
		assertThat(full.windowStart()).isNull();
		assertThat(full.cursorBefore()).isNull();
		assertThat(full.isFull()).isTrue();
	}

	@Test
	void replayAsksForWhatItsEventAskedFor() {
		for (boolean full : new boolean[] { true, false }) {
			RunParameters replay = new RunParameters(NOW, Mode.REPLAY, false, "cli", SUCCESS,
					new ReplayOrigin(17, full, REPLAYED, true), false, false, null);
			assertThat(replay.windowStart()).isEqualTo(REPLAYED.sync());
			assertThat(replay.cursorBefore()).isEqualTo("c0");
			assertThat(replay.isFull()).isEqualTo(full);
		}
	}

	@Test
	void windowThatWasSetByAPersonTellsFromWhenItIsAsOf() {
		assertThat(SUCCESS.asOf()).isEqualTo(SUCCESS.setAt());
		assertThat(REPLAYED.asOf()).isEqualTo(REPLAYED.sync());
	}

}
