package io.deltasync.event.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.deltasync.event.Formats;
import io.deltasync.event.SyncEvent;
import io.deltasync.verified.LastVerification;
import io.deltasync.verified.Verification;
import io.deltasync.verified.VerifyResult;
import org.jspecify.annotations.Nullable;

/**
 * Describes to people what a verification has found.
 */
public final class VerificationWords {

	private VerificationWords() {
	}

	/**
	 * Returns the result in words.
	 * @param found what a verification has found
	 * @return the result; null while it has none
	 */
	public static @Nullable String result(Verification found) {
		VerifyResult result = found.result();
		String sample = (found.sample() != null) ? " (a sample of %s %%)".formatted(share(found.sample())) : "";
		return (result != null) ? result.words() + sample : null;
	}

	private static String share(double percent) {
		return (percent == Math.rint(percent)) ? String.valueOf((long) percent) : String.valueOf(percent);
	}

	/**
	 * Describes the records.
	 * @param found what a verification has found
	 * @return the counts that are not 0
	 */
	public static String records(Verification found) {
		List<String> counts = new ArrayList<>();
		counts.add(Formats.number(found.fetched()) + " fetched");
		counts.add(Formats.number(found.same()) + " the same");
		add(counts, found.missing(), "missing at the target");
		add(counts, found.different(), "different");
		add(counts, found.repaired(), "of these repaired");
		add(counts, found.pending(), "pending (the next run delivers them)");
		add(counts, found.moving(), "moving (they changed meanwhile)");
		add(counts, found.held(), "held as rejects");
		add(counts, found.leftOut(), "left out");
		add(counts, found.unreadable(), "not deliverable");
		add(counts, found.unconfirmed(), "not compared again");
		return String.join(", ", counts);
	}

	/**
	 * Describes the rows of the target.
	 * @param found what a verification has found
	 * @return the counts that are not 0; null if rows were not counted
	 */
	public static @Nullable String rows(Verification found) {
		if (found.targetRows() == null) {
			return null;
		}
		List<String> counts = new ArrayList<>();
		counts.add(Formats.number(found.targetRows()));
		add(counts, found.gone(), "gone at the source");
		add(counts, found.leftOutNow(), "left out now");
		add(counts, found.others(), "of others");
		return String.join(", ", counts);
	}

	private static void add(List<String> counts, long count, String what) {
		if (count > 0) {
			counts.add(Formats.number(count) + " " + what);
		}
	}

	/**
	 * Describes when a Link was last proved in step.
	 * @param last its last verification; null if it was never verified
	 * @param now the current time
	 * @return a few words; a dash if it was never verified
	 */
	public static String last(@Nullable LastVerification last, Instant now) {
		if (last == null) {
			return "-";
		}
		String proven = (last.provenAt() != null) ? Formats.age(Duration.between(last.provenAt(), now)) + " ago"
				: "never";
		boolean isNewest = last.provenEvent() != null && last.provenEvent() == last.event();
		return isNewest ? proven : "%s; %s in event %d".formatted(proven, last.result().words(), last.event());
	}

	/** Returns what an operator does next after a verification that did not succeed. */
	static String next(SyncEvent event) {
		VerifyResult result = (event.verification() != null) ? event.verification().result() : null;
		if (result == null) {
			return "restart %d: it compares what is left; or 'verify %s' begins again".formatted(event.id(),
					event.link());
		}
		return switch (result) {
			case NOT_IN_STEP ->
				"'event %d --records' lists the differences; 'verify %s --repair' delivers these records again"
					.formatted(event.id(), event.link());
			case REPAIRED -> "'verify %s' proves the repair".formatted(event.link());
			default -> "fix the cause, then 'verify %s' again".formatted(event.link());
		};
	}

}
