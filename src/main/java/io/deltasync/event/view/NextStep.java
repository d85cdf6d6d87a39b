package io.deltasync.event.view;

import java.util.Locale;

import io.deltasync.event.Formats;
import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import org.jspecify.annotations.Nullable;

/**
 * What an operator does next after a run that was not successful.
 */
public final class NextStep {

	private NextStep() {
	}

	/**
	 * Returns the next step after a run.
	 * @param event the run
	 * @param newest the newest event of the same Link, which may be this one
	 * @return one sentence with the commands to type; null if the run was successful or
	 * has not ended
	 */
	public static @Nullable String of(SyncEvent event, SyncEvent newest) {
		if (event.success() || !event.status().ended()) {
			return null;
		}
		if (event.testing()) {
			return "fix the cause, then run the Link again, with or without --testing";
		}
		return (newest.id() == event.id()) ? nextOfNewest(event) : nextOfOlder(event, newest);
	}

	/**
	 * Whether there is something left to do after a run that was not successful.
	 * @param event the run
	 * @param newest the newest event of the same Link, which may be this one
	 * @return false if the newest event was successful and has repeated what failed
	 */
	public static boolean isNeeded(SyncEvent event, SyncEvent newest) {
		boolean full = event.mode() == Mode.FULL || (event.mode() == Mode.REPLAY && event.windowStart() == null);
		return !newest.success() || newest.testing()
				|| !(newest.mode() == Mode.FULL || (newest.mode() == Mode.DELTA && !full));
	}

	/** Only the newest run can be restarted. */
	private static String nextOfOlder(SyncEvent event, SyncEvent newest) {
		if (!isNeeded(event, newest)) {
			return "nothing: event %d came after it and was successful".formatted(newest.id());
		}
		return "event %d (%s, %s) came after it; replay %d retries the failed scopes and rejects of this one"
			.formatted(newest.id(), newest.mode().name().toLowerCase(Locale.ROOT), Formats.status(newest), event.id());
	}

	private static String nextOfNewest(SyncEvent event) {
		if (event.mode() == Mode.VERIFY) {
			return VerificationWords.next(event);
		}
		String again = (event.mode() == Mode.FULL) ? " with --full" : "";
		String window = (event.windowStart() != null) ? "it fetches again from " + Formats.time(event.windowStart())
				: "it fetches everything";
		String delivered = (event.records().written() > 0) ? "records already written stay; " : "";
		String cause = (event.status() == Status.STOPPED || event.status() == Status.CRASHED) ? ""
				: "fix the cause, then ";
		String holding = (event.records().failing() > 0)
				? "; 'rejects %s' lists the records that hold the window".formatted(event.link()) : "";
		if (event.mode() == Mode.REPLAY) {
			window = "it fetches all changes since the last success";
		}
		return "%s%srun the Link again%s: %s; or restart %d: it fetches the rest of this run%s".formatted(delivered,
				cause, again, window, event.id(), holding);
	}

}
