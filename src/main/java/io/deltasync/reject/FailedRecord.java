package io.deltasync.reject;

import io.deltasync.api.Operation;
import io.deltasync.reject.Reject.State;
import org.jspecify.annotations.Nullable;

/**
 * A record that has just failed.
 *
 * @param identity distinguishes it from all other records
 * @param ordinal the scope in which it is counted, {@link Reject#ALONE} or
 * {@link Reject#DELETION}; null for none
 * @param key identifies it to a person, or null
 * @param keyProperties the names of its key properties, as text of at most
 * {@value #MAX_KEY_PROPERTIES} characters, or null
 * @param operation the operation to carry out at the target
 * @param stage where it failed
 * @param message the reason
 * @param again whether it is retried, though not from its stored properties
 * @param last whether it is retried once the run has delivered all others
 */
public record FailedRecord(RecordIdentity identity, @Nullable Long ordinal, @Nullable String key,
		@Nullable String keyProperties, Operation operation, Reject.Stage stage, String message, boolean again,
		boolean last) {

	/** The maximum length of the names of a key's properties. */
	public static final int MAX_KEY_PROPERTIES = 1000;

	/**
	 * Creates a failed record that is not retried once the run has delivered all others.
	 */
	public FailedRecord(RecordIdentity identity, @Nullable Long ordinal, @Nullable String key,
			@Nullable String keyProperties, Operation operation, Reject.Stage stage, String message, boolean again) {
		this(identity, ordinal, key, keyProperties, operation, stage, message, again, false);
	}

	/**
	 * Whether the record may be quarantined. A record that is not retried on its own
	 * would be lost when the window moves.
	 */
	boolean mayBeQuarantined() {
		return this.again || this.identity.notRestorable() == null;
	}

	/** Returns the state of the record when it fails for the first time. */
	State first(RejectingRun run) {
		return (run.first() == State.QUARANTINED && !mayBeQuarantined()) ? State.OPEN : run.first();
	}

}
