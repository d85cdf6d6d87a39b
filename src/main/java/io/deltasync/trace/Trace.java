package io.deltasync.trace;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.deltasync.api.WindowPosition;
import io.deltasync.event.LoggedRecord;
import io.deltasync.event.SyncEvent;
import io.deltasync.reject.Reject;
import io.deltasync.run.deliver.DeliveryTrial;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of a record. The components are its fields in JSON; masked
 * values are shown as asterisks.
 *
 * @param link the Link's name
 * @param key the record's key
 * @param where the conclusion
 * @param fine whether nobody has to do anything
 * @param sentence the conclusion in words
 * @param next what to do next; null if nothing
 * @param source what the source has now
 * @param window its position relative to the window of the next delta run; null if the
 * source does not have it or cannot tell
 * @param way how the record passes filters and mapping; null unless the source has it
 * @param target what the target has now
 * @param reject the record's reject in its last state, or null
 * @param delivered what the delivery index knows of it; null if nothing
 * @param log what the newest runs have logged of it, newest first
 * @param lastRun the newest run of the Link; null if there is none
 * @param deliverable whether the record can be delivered on its own
 */
public record Trace(String link, String key, Whereabouts where, boolean fine, String sentence, @Nullable String next,
		Side source, @Nullable WindowPosition window, DeliveryTrial.@Nullable Passage way, Side target,
		@Nullable KnownReject reject, @Nullable KnownDelivery delivered, List<Logged> log, @Nullable Run lastRun,
		boolean deliverable) {

	/**
	 * What a system has.
	 *
	 * @param state whether it has the record
	 * @param problem why it could not be asked; null if it could
	 * @param properties the values as texts; empty unless it has the record
	 * @param differences the properties of the target that a delivery would change
	 */
	public record Side(State state, @Nullable String problem, Map<String, @Nullable String> properties,
			List<String> differences) {

		/** Creates a side that has no record, or could not be asked. */
		static Side without(@Nullable String problem) {
			return new Side((problem != null) ? State.UNKNOWN : State.ABSENT, problem, Map.of(), List.of());
		}

		/** Whether a system has a record. */
		public enum State {

			/** It has the record. */
			PRESENT,

			/** It does not have the record. */
			ABSENT,

			/** It could not be asked. */
			UNKNOWN

		}

	}

	/**
	 * A reject of the record.
	 *
	 * @param id its number
	 * @param state its state
	 * @param stage where the record failed last
	 * @param message the reason
	 * @param attempts in how many runs it failed
	 * @param firstEvent the first of these runs
	 * @param lastEvent the last of these runs
	 * @param nextTry when it is retried on its own; null if it is not
	 */
	public record KnownReject(long id, Reject.State state, Reject.Stage stage, String message, int attempts,
			long firstEvent, long lastEvent, @Nullable Instant nextTry) {

	}

	/**
	 * A delivery of the record.
	 *
	 * @param event the run that delivered it last, or a full run that has met it since
	 * @param content whether it received the content that the source has now; null if
	 * that is not known
	 */
	public record KnownDelivery(long event, @Nullable Boolean content) {

	}

	/**
	 * A logged outcome.
	 *
	 * @param event the run
	 * @param outcome the outcome
	 * @param message its reason, or null
	 */
	public record Logged(long event, LoggedRecord.Outcome outcome, @Nullable String message) {

	}

	/**
	 * The newest run of the Link.
	 *
	 * @param event its Sync Event
	 * @param status its status
	 * @param success whether it was successful
	 * @param failedScopes how many of its scopes failed
	 */
	public record Run(long event, SyncEvent.Status status, boolean success, long failedScopes) {

	}

}
