package io.deltasync.console;

import io.deltasync.event.SyncEvent.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The state of a Link in one word.
 */
class LinkStateTests {

	@Test
	void linkWithoutRunsIsNew() {
		assertThat(LinkState.of(null, false, false, false)).isEqualTo(LinkState.NEW);
		assertThat(LinkState.of(null, false, true, false)).isEqualTo(LinkState.PAUSED);
	}

	@Test
	void runThatCompletedWithoutSuccessHoldsTheWindow() {
		assertThat(LinkState.of(Status.COMPLETED, true, false, false)).isEqualTo(LinkState.OK);
		assertThat(LinkState.of(Status.COMPLETED, false, false, false)).isEqualTo(LinkState.HOLDING);
	}

	@Test
	void pauseHidesNoProblem() {
		assertThat(LinkState.of(Status.ABORTED, false, true, false)).isEqualTo(LinkState.FAILED);
		assertThat(LinkState.of(Status.CRASHED, false, true, false)).isEqualTo(LinkState.CRASHED);
		assertThat(LinkState.of(Status.COMPLETED, false, true, false)).isEqualTo(LinkState.HOLDING);
		assertThat(LinkState.of(Status.COMPLETED, true, true, false)).isEqualTo(LinkState.PAUSED);
	}

	@Test
	void runInProgressIsShownEvenIfThePersonPausedTheLink() {
		assertThat(LinkState.of(Status.FETCHING, false, true, false)).isEqualTo(LinkState.RUNNING);
		assertThat(LinkState.of(Status.PLANNING, false, false, false)).isEqualTo(LinkState.RUNNING);
		assertThat(LinkState.of(Status.PLANNING, false, false, true)).isEqualTo(LinkState.RETRYING);
		assertThat(LinkState.of(Status.DELAYED, false, false, false)).isEqualTo(LinkState.WAITING);
	}

	@Test
	void onlyRunsThatWereNotSuccessfulNeedAttention() {
		assertThat(LinkState.values()).filteredOn(LinkState::needsAttention)
			.containsExactly(LinkState.CRASHED, LinkState.FAILED, LinkState.HOLDING, LinkState.STOPPED);
	}

}
