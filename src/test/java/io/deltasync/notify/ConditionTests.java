package io.deltasync.notify;

import java.time.Duration;
import java.time.Instant;

import io.deltasync.notice.NoticeState;
import io.deltasync.notify.Condition.Phase;
import io.deltasync.notify.Condition.Step;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each begin and each end of a state is told once.
 */
class ConditionTests {

	private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

	private static final Instant ONE = NOON.plus(Duration.ofHours(1));

	private static final Instant TWO = NOON.plus(Duration.ofHours(2));

	private static final NoticeState TOLD = new NoticeState(NOON, ONE, true);

	private static final NoticeState EXPECTED = new NoticeState(NOON, ONE, false);

	@Test
	void aStateThatIsDueAtOnceIsToldAtOnce() {
		assertThat(Condition.present(NOON, NOON).next(null, NOON))
			.isEqualTo(new Step(new NoticeState(NOON, NOON, true), Phase.BEGIN));
	}

	@Test
	void aStateThatIsNotDueIsStoredWithoutAMessage() {
		assertThat(Condition.present(NOON, ONE).next(null, NOON)).isEqualTo(new Step(EXPECTED, null));
	}

	@Test
	void aStoredStateIsToldWhenItsTimeHasCome() {
		assertThat(Condition.present(NOON, ONE).next(EXPECTED, ONE)).isEqualTo(new Step(TOLD, Phase.BEGIN));
	}

	@Test
	void aStateThatLastsIsNotToldAgain() {
		assertThat(Condition.present(TWO, TWO).next(TOLD, TWO)).isEqualTo(new Step(TOLD, null));
	}

	@Test
	void theEndOfAToldStateIsTold() {
		assertThat(Condition.ABSENT.next(TOLD, TWO)).isEqualTo(new Step(null, Phase.END));
	}

	@Test
	void theEndOfAStateThatNobodyKnowsIsNotTold() {
		assertThat(Condition.ABSENT.next(EXPECTED, NOON)).isEqualTo(new Step(null, null));
		assertThat(Condition.ABSENT.next(null, NOON)).isEqualTo(new Step(null, null));
	}

	@Test
	void aStateThatBeginsAgainLaterHasEnded() {
		assertThat(Condition.present(ONE, TWO).next(TOLD, ONE))
			.isEqualTo(new Step(new NoticeState(ONE, TWO, false), Phase.END));
	}

	@Test
	void anotherTimeLimitCountsForAStateThatWasNotTold() {
		assertThat(Condition.present(NOON, TWO).next(EXPECTED, ONE))
			.isEqualTo(new Step(new NoticeState(NOON, TWO, false), null));
	}

	@Test
	void nothingChangesWhileNobodyCanTell() {
		assertThat(Condition.UNKNOWN.next(TOLD, TWO)).isEqualTo(new Step(TOLD, null));
		assertThat(Condition.UNKNOWN.next(null, TWO)).isEqualTo(new Step(null, null));
	}

	@Test
	void aStateThatIsNoLongerConfiguredIsForgottenWithoutAMessage() {
		assertThat(Condition.IGNORED.next(TOLD, TWO)).isEqualTo(new Step(null, null));
	}

}
