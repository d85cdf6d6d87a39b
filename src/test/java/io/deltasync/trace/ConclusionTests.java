package io.deltasync.trace;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.deltasync.api.WindowPosition.Place;
import io.deltasync.event.LoggedRecord.Outcome;
import io.deltasync.reject.Reject.Stage;
import io.deltasync.run.deliver.DeliveryTrial.Passage;
import io.deltasync.trace.Facts.Delivered;
import io.deltasync.trace.Facts.Held;
import io.deltasync.trace.Facts.LastRun;
import io.deltasync.trace.Facts.Presence;
import io.deltasync.trace.Facts.WaitingReject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** The conclusion about a record, case by case. */
class ConclusionTests {

	private static final Passage PASSES = new Passage(Outcome.WRITTEN, null, null, null);

	private static final Passage DROPPED = new Passage(Outcome.DROPPED, "adults", null, null);

	private static final Passage IGNORED = new Passage(Outcome.IGNORED, "adults", null, "too young");

	private static final Passage FAILS = new Passage(Outcome.FAILED, null, Stage.MAPPING, "'x' is no number");

	private static final WaitingReject OPEN = new WaitingReject(17, "name is too long", true);

	private static final WaitingReject ACKNOWLEDGED = new WaitingReject(17, "name is too long", false);

	private static final LastRun SUCCESS = new LastRun(44, false, true);

	private static final LastRun FAILURE = new LastRun(44, false, false);

	private static final LastRun RUNNING = new LastRun(45, true, false);

	private static Stream<Arguments> cases() {
		Case present = new Case(Presence.PRESENT, Place.BEFORE, PASSES, Held.NOTHING, null, Delivered.NOT_KNOWN,
				SUCCESS, false);
		Case absent = new Case(Presence.ABSENT, null, null, Held.NOTHING, null, Delivered.NOT_KNOWN, SUCCESS, false);
		Case unknown = new Case(Presence.UNKNOWN, null, null, Held.UNKNOWN, null, Delivered.NOT_KNOWN, SUCCESS, false);
		return Stream.of(
				arguments("delivered and equal", present.held(Held.SAME), Whereabouts.IN_STEP,
						"the target has the record as the source has it now", null),
				arguments("equal although an older version was rejected", present.held(Held.SAME).reject(OPEN),
						Whereabouts.IN_STEP, "the target has the record", null),
				arguments("dropped by a filter", present.way(DROPPED), Whereabouts.LEFT_OUT,
						"the filter 'adults' drops the record", "nothing if that is intended"),
				arguments("ignored by a filter with a reason", present.way(IGNORED), Whereabouts.LEFT_OUT,
						"the filter 'adults' ignores the record: too young", "change the record or the filter"),
				arguments("left out although the target has it", present.way(DROPPED).held(Held.SOMETHING),
						Whereabouts.LEFT_OUT, "the target still has what it received earlier", "change the record"),
				arguments("a reject waits", present.reject(OPEN), Whereabouts.REJECTED,
						"waits as reject 17: name is too long", "trace people 7 --deliver; or acknowledge 17"),
				arguments("an acknowledged reject waits", present.reject(ACKNOWLEDGED), Whereabouts.REJECTED,
						"waits as reject 17", "correct the cause, then trace people 7 --deliver"),
				arguments("a reject waits and the record still fails", present.reject(OPEN).way(FAILS),
						Whereabouts.REJECTED, "waits as reject 17", "trace people 7 --deliver"),
				arguments("fails before it was ever read", present.way(FAILS).place(Place.WITHIN),
						Whereabouts.WOULD_FAIL, "'x' is no number", "then run people"),
				arguments("delivered but changed at the target", present.held(Held.DIFFERENT).delivered(Delivered.THIS),
						Whereabouts.CHANGED_AT_TARGET, "something else has changed it at the target since: city",
						"trace people 7 --deliver"),
				arguments("changed at the target although the window holds it",
						present.held(Held.DIFFERENT).delivered(Delivered.THIS).place(Place.WITHIN),
						Whereabouts.CHANGED_AT_TARGET, "city", "--deliver"),
				arguments("delivered but deleted at the target", present.delivered(Delivered.THIS),
						Whereabouts.MISSING_AT_TARGET, "something else has deleted it", "--deliver"),
				arguments("an earlier version was delivered and the row is gone",
						present.delivered(Delivered.SOMETHING), Whereabouts.MISSING_AT_TARGET,
						"something else has deleted it", "--deliver"),
				arguments("delivered, and the target cannot be asked",
						present.held(Held.UNKNOWN).delivered(Delivered.THIS), Whereabouts.DELIVERED,
						"delivered as it is now", null),
				arguments("the Link has never run", present.place(Place.EVERYTHING).last(null), Whereabouts.PENDING,
						"has not run yet", "run people"),
				arguments("the window is not run yet", present.place(Place.WITHIN), Whereabouts.PENDING,
						"in the window of the next run", "run people"),
				arguments("a run is going on", present.place(Place.WITHIN).last(RUNNING), Whereabouts.PENDING,
						"event 45 is running", "wait"),
				arguments("the Link fails", present.place(Place.WITHIN).last(FAILURE), Whereabouts.LINK_FAILING,
						"the last run, event 44, was not successful", "restart 44 or run people"),
				arguments("an older version waits for the window to be run",
						present.place(Place.WITHIN).held(Held.DIFFERENT).delivered(Delivered.SOMETHING),
						Whereabouts.PENDING, "in the window", "run people"),
				arguments("never read, before the window", present, Whereabouts.NEVER_READ,
						"its value in the delta column is before the window", "--deliver; run people --full"),
				arguments("never read, without a value", present.place(Place.NO_VALUE), Whereabouts.NEVER_READ,
						"no value in the delta column", "run people --full"),
				arguments("ahead of the clock", present.place(Place.AFTER), Whereabouts.NEVER_READ,
						"ahead of the source", "correct its time"),
				arguments("differs and is not read again", present.held(Held.DIFFERENT), Whereabouts.DIFFERENT,
						"the target differs in city, and no delta run reads the record", "--deliver"),
				arguments("nothing is known of the target", present.held(Held.UNKNOWN), Whereabouts.CANNOT_TELL,
						"not known what the target has", "--deliver"),
				arguments("the source cannot tell the position", present.place(null), Whereabouts.CANNOT_TELL,
						"cannot tell whether the next run reads it", "run people"),
				arguments("gone at the source, deletes are on", absent.held(Held.SOMETHING).deleting(),
						Whereabouts.DELETION_PENDING, "the next full run deletes it", "run people --full"),
				arguments("gone at the source, deletes are off", absent.held(Held.SOMETHING),
						Whereabouts.LEFT_AT_TARGET, "'deletes' is off", "set 'deletes'"),
				arguments("deleted on both sides", absent.delivered(Delivered.SOMETHING), Whereabouts.DELETED,
						"neither source nor target has it any longer", null),
				arguments("unknown to both", absent, Whereabouts.UNKNOWN_TO_BOTH, "neither source nor target",
						"check the key"),
				arguments("gone at the source, the target is not known", absent.held(Held.UNKNOWN),
						Whereabouts.CANNOT_TELL, "the source has no record", "check the key"),
				arguments("the source cannot be asked, a reject waits", unknown.reject(OPEN), Whereabouts.REJECTED,
						"reject 17", "correct the cause, then run people"),
				arguments("the source cannot be asked", unknown.held(Held.SOMETHING), Whereabouts.CANNOT_TELL,
						"the target has a record with this key", "run people"),
				arguments("neither side can be asked", unknown, Whereabouts.CANNOT_TELL, "neither side could be asked",
						"run people"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("cases")
	void everyCaseHasItsConclusion(String name, Case facts, Whereabouts where, String sentence, String next) {
		Conclusion conclusion = Conclusion.of(facts.facts());

		assertThat(conclusion.where()).isEqualTo(where);
		assertThat(conclusion.sentence()).contains(sentence);
		if (next == null) {
			assertThat(conclusion.next()).isNull();
		}
		else {
			assertThat(conclusion.next()).contains(next);
		}
	}

	@Test
	void everyConclusionIsReached() {
		assertThat(cases().map((one) -> one.get()[2])).contains((Object[]) Whereabouts.values());
	}

	@Test
	void onlyWhatSolvesItselfIsFine() {
		assertThat(Stream.of(Whereabouts.values()).filter(Whereabouts::isFine)).containsExactlyInAnyOrder(
				Whereabouts.IN_STEP, Whereabouts.DELIVERED, Whereabouts.PENDING, Whereabouts.DELETION_PENDING,
				Whereabouts.DELETED);
	}

	/** Facts of a Link 'people' about the record 7, changed in one or two points. */
	private record Case(Presence source, Place place, Passage way, Held held, WaitingReject reject, Delivered delivered,
			LastRun last, boolean deletes) {

		private Case change(UnaryOperator<Object[]> change) {
			Object[] all = change.apply(new Object[] { this.source, this.place, this.way, this.held, this.reject,
					this.delivered, this.last, this.deletes });
			return new Case((Presence) all[0], (Place) all[1], (Passage) all[2], (Held) all[3], (WaitingReject) all[4],
					(Delivered) all[5], (LastRun) all[6], (boolean) all[7]);
		}

		private Case with(int index, Object value) {
			return change((all) -> {
				all[index] = value;
				return all;
			});
		}

		Case place(Place value) {
			return with(1, value);
		}

		Case way(Passage value) {
			return with(2, value);
		}

		Case held(Held value) {
			return with(3, value);
		}

		Case reject(WaitingReject value) {
			return with(4, value);
		}

		Case delivered(Delivered value) {
			return with(5, value);
		}

		Case last(LastRun value) {
			return with(6, value);
		}

		Case deleting() {
			return with(7, true);
		}

		Facts facts() {
			return new Facts("people", "7", this.source, this.place, this.way, this.held,
					(this.held == Held.DIFFERENT) ? List.of("city") : List.of(), this.reject, this.delivered, this.last,
					this.deletes);
		}

	}

}
