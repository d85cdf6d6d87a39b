package io.deltasync.reject;

import io.deltasync.api.Operation;
import io.deltasync.reject.Reject.State;
import org.jspecify.annotations.Nullable;

/**
 * A record that has just failed.
 *
 * @param identity what tells it from all other records
 * @param ordinal the scope that it is counted in, {@link Reject#ALONE} or
 * {@link Reject#DELETION}; null for none
 * @param key what identifies it to a person, or null
 * @param keyProperties the names of the properties that identify it, as text of at most
 * {@value #MAX_KEY_PROPERTIES} characters, or null
 * @param operation what was to become of it at the target
 * @param stage where it failed
 * @param message why
 * @param again whether it is tried again, though not from what is stored of it
 * @param last whether it is tried again once the run has delivered all others
 */
public record FailedRecord(RecordIdentity identity, @Nullable Long ordinal, @Nullable String key,
		@Nullable String keyProperties, Operation operation, Reject.Stage stage, String message, boolean again,
		boolean last) {

	/** How long the names of a key's properties may be. */
	public static final int MAX_KEY_PROPERTIES = 1000;

	/** Of a record that is not tried again once the run has delivered all others. */
	public FailedRecord(RecordIdentity identity, @Nullable Long ordinal, @Nullable String key,
			@Nullable String keyProperties, Operation operation, Reject.Stage stage, String message, boolean again) {
		this(identity, ordinal, key, keyProperties, operation, stage, message, again, false);
	}

	/** What is not tried again on its own, a window that moves would leave behind. */
	boolean mayBeQuarantined() {
		return this.again || this.identity.notRestorable() == null;
	}

	/** What becomes of it when it fails for the first time. */
	State first(RejectingRun run) {
		return (run.first() == State.QUARANTINED && !mayBeQuarantined()) ? State.OPEN : run.first();
	}

}
