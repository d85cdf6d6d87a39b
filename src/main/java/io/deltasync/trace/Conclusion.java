package io.deltasync.trace;

import io.deltasync.api.WindowPosition.Place;
import io.deltasync.run.deliver.DeliveryTrial.Passage;
import io.deltasync.trace.Facts.Delivered;
import io.deltasync.trace.Facts.Held;
import io.deltasync.trace.Facts.LastRun;
import io.deltasync.trace.Facts.WaitingReject;
import org.jspecify.annotations.Nullable;

/**
 * The conclusion about a record: where it is, why, and what to do.
 *
 * @param where where it is
 * @param sentence the reason in a sentence
 * @param next what to do next; null if nothing
 */
record Conclusion(Whereabouts where, String sentence, @Nullable String next) {

	/** Draws the conclusion from what is known. The first case that applies counts. */
	static Conclusion of(Facts facts) {
		return switch (facts.source()) {
			case PRESENT -> ofPresent(facts);
			case ABSENT -> ofAbsent(facts);
			case UNKNOWN -> ofUnknown(facts);
		};
	}

	private static Conclusion ofPresent(Facts facts) {
		Passage way = facts.way();
		if (way != null && !way.reachesTarget() && way.failedAt() == null) {
			return leftOut(facts, way);
		}
		if (facts.target() == Held.SAME) {
			return new Conclusion(Whereabouts.IN_STEP, "the target has the record as the source has it now", null);
		}
		WaitingReject reject = facts.reject();
		if (reject != null) {
			return rejected(facts, reject);
		}
		if (way != null && way.failedAt() != null) {
			return new Conclusion(Whereabouts.WOULD_FAIL, "the record cannot be delivered: %s".formatted(way.reason()),
					"correct the record at the source, or the Link's filters and mapping; then %s"
						.formatted(run(facts)));
		}
		return (facts.delivered() == Delivered.THIS) ? ofDelivered(facts) : ofUndelivered(facts);
	}

	private static Conclusion leftOut(Facts facts, Passage way) {
		String by = (way.filter() != null) ? "the filter '%s' ".formatted(way.filter()) : "its source ";
		String why = (way.reason() != null) ? "ignores the record: %s".formatted(way.reason()) : "drops the record";
		boolean held = facts.target() == Held.SOMETHING || facts.target() == Held.DIFFERENT
				|| facts.target() == Held.SAME;
		return new Conclusion(Whereabouts.LEFT_OUT,
				by + why + (held ? "; the target still has what it received earlier" : ""),
				"nothing if that is intended; otherwise change the record or the filter");
	}

	private static Conclusion rejected(Facts facts, WaitingReject reject) {
		return new Conclusion(Whereabouts.REJECTED,
				"the record failed and waits as reject %d: %s".formatted(reject.id(), reject.message()),
				"correct the cause, then %s%s".formatted(
						(facts.source() != Facts.Presence.UNKNOWN) ? deliver(facts) : "run " + facts.link(),
						reject.open()
								? "; or acknowledge %d, so that it no longer holds the window".formatted(reject.id())
								: ""));
	}

	private static Conclusion ofDelivered(Facts facts) {
		return switch (facts.target()) {
			case DIFFERENT -> new Conclusion(Whereabouts.CHANGED_AT_TARGET,
					"the record was delivered as it is now, and something else has changed it at the target since: %s"
						.formatted(String.join(", ", facts.differences())),
					deliver(facts) + ", which writes it again");
			case NOTHING -> missing(facts);
			default -> new Conclusion(Whereabouts.DELIVERED,
					"the record was delivered as it is now; what the target has at present is not known", null);
		};
	}

	private static Conclusion missing(Facts facts) {
		return new Conclusion(Whereabouts.MISSING_AT_TARGET,
				"the record was delivered, and something else has deleted it at the target since",
				deliver(facts) + ", which writes it again");
	}

	private static Conclusion ofUndelivered(Facts facts) {
		Place place = facts.place();
		if (place == Place.WITHIN || place == Place.EVERYTHING) {
			return pending(facts, facts.lastRun());
		}
		if (place == Place.AFTER) {
			return new Conclusion(Whereabouts.NEVER_READ,
					"the record's time is ahead of the source's clock, so no delta run reads it until the clock gets there",
					"correct its time at the source; or " + deliver(facts));
		}
		if (place == null) {
			return new Conclusion(Whereabouts.CANNOT_TELL,
					"the target does not have the record as the source has it now, and the source cannot tell whether the next run reads it",
					run(facts) + ", then trace the record again");
		}
		if (facts.target() == Held.NOTHING && facts.delivered() == Delivered.SOMETHING) {
			return missing(facts);
		}
		return (facts.target() == Held.NOTHING) ? neverRead(facts, place) : different(facts, place);
	}

	private static Conclusion pending(Facts facts, @Nullable LastRun last) {
		if (last == null) {
			return new Conclusion(Whereabouts.PENDING, "the Link has not run yet; its first run reads the record",
					run(facts));
		}
		if (last.running()) {
			return new Conclusion(Whereabouts.PENDING,
					"the record is in the next window, and event %d is running".formatted(last.event()),
					"wait for its end, then trace the record again");
		}
		return last.success()
				? new Conclusion(Whereabouts.PENDING, "the record is in the window of the next run, which reads it",
						run(facts))
				: new Conclusion(Whereabouts.LINK_FAILING,
						"the record is in the window of the next run, but the last run, event %d, was not successful"
							.formatted(last.event()),
						"see what failed: event %d; then restart %1$d or %s".formatted(last.event(), run(facts)));
	}

	private static Conclusion neverRead(Facts facts, Place place) {
		return new Conclusion(Whereabouts.NEVER_READ,
				"no run has delivered the record, and no delta run reads it: " + whyNot(place),
				"%s; run %s --full reads all such records".formatted(deliver(facts), facts.link())
						+ ((place == Place.BEFORE) ? ". If it was committed late, raise the source's overlap" : ""));
	}

	private static Conclusion different(Facts facts, Place place) {
		String what = facts.differences().isEmpty() ? "it is not known what the target has"
				: "the target differs in " + String.join(", ", facts.differences());
		return new Conclusion(facts.differences().isEmpty() ? Whereabouts.CANNOT_TELL : Whereabouts.DIFFERENT,
				"%s, and no delta run reads the record: %s".formatted(what, whyNot(place)), deliver(facts));
	}

	private static String whyNot(Place place) {
		return (place == Place.NO_VALUE) ? "it has no value in the delta column"
				: "its value in the delta column is before the window; it changed without a new value there, or was committed later than the overlap allows";
	}

	private static Conclusion ofAbsent(Facts facts) {
		return switch (facts.target()) {
			case SAME, DIFFERENT, SOMETHING -> facts.deletes()
					? new Conclusion(Whereabouts.DELETION_PENDING,
							"the source no longer has the record; the next full run deletes it at the target",
							"run %s --full".formatted(facts.link()))
					: new Conclusion(Whereabouts.LEFT_AT_TARGET,
							"the source no longer has the record, and the target keeps it because the Link's 'deletes' is off",
							"set 'deletes' and %s --full; or delete the row at the target".formatted(run(facts)));
			case NOTHING -> (facts.delivered() != Delivered.NOT_KNOWN)
					? new Conclusion(Whereabouts.DELETED,
							"the record was delivered earlier, and neither source nor target has it any longer", null)
					: new Conclusion(Whereabouts.UNKNOWN_TO_BOTH,
							"neither source nor target has a record with this key",
							"check the key: letters, spaces and leading zeros count");
			case UNKNOWN -> new Conclusion(Whereabouts.CANNOT_TELL,
					"the source has no record with this key, and it is not known what the target has",
					"check the key, and look at the target itself");
		};
	}

	private static Conclusion ofUnknown(Facts facts) {
		WaitingReject reject = facts.reject();
		if (reject != null) {
			return rejected(facts, reject);
		}
		String target = switch (facts.target()) {
			case SAME, DIFFERENT, SOMETHING -> "the target has a record with this key";
			case NOTHING -> "the target has no record with this key";
			case UNKNOWN -> "neither side could be asked for the record";
		};
		return new Conclusion(Whereabouts.CANNOT_TELL,
				target + ((facts.target() == Held.UNKNOWN) ? "" : "; the source could not be asked for it"),
				"run %s, and see its event".formatted(facts.link()));
	}

	private static String run(Facts facts) {
		return "run " + facts.link();
	}

	private static String deliver(Facts facts) {
		return "trace %s %s --deliver".formatted(facts.link(), facts.key());
	}

}
