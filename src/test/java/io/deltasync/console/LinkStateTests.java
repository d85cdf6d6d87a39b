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
		assertThat(LinkState.of(null, false, false)).isEqualTo(LinkState.NEW);
		assertThat(LinkState.of(null, false, true)).isEqualTo(LinkState.PAUSED);
	}

	@Test
	void runThatCompletedWithoutSuccessHoldsTheWindow() {
		assertThat(LinkState.of(Status.COMPLETED, true, false)).isEqualTo(LinkState.OK);
		assertThat(LinkState.of(Status.COMPLETED, false, false)).isEqualTo(LinkState.HOLDING);
	}

	@Test
	void pauseHidesNoProblem() {
		assertThat(LinkState.of(Status.ABORTED, false, true)).isEqualTo(LinkState.FAILED);
		assertThat(LinkState.of(Status.CRASHED, false, true)).isEqualTo(LinkState.CRASHED);
		assertThat(LinkState.of(Status.COMPLETED, false, true)).isEqualTo(LinkState.HOLDING);
		assertThat(LinkState.of(Status.COMPLETED, true, true)).isEqualTo(LinkState.PAUSED);
	}

	@Test
	void runInProgressIsShownEvenIfThePersonPausedTheLink() {
		assertThat(LinkState.of(Status.FETCHING, false, true)).isEqualTo(LinkState.RUNNING);
		assertThat(LinkState.of(Status.PLANNING, false, false)).isEqualTo(LinkState.RUNNING);
		assertThat(LinkState.of(Status.DELAYED, false, false)).isEqualTo(LinkState.WAITING);
	}

	@Test
	void onlyRunsThatWereNotSuccessfulNeedAttention() {
		assertThat(LinkState.values()).filteredOn(LinkState::needsAttention)
			.containsExactly(LinkState.CRASHED, LinkState.FAILED, LinkState.HOLDING, LinkState.STOPPED);
	}

}
