package io.deltasync.reject;

import io.deltasync.reject.Reject.State;

/**
 * What a run is to its rejects.
 *
 * @param link the Link's name
 * @param event the Sync Event
 * @param execution the attempt: the job execution's id
 * @param testing whether targets are not to be changed
 * @param replay whether it tries again what failed in a run before: no further failed run
 * for the quarantine
 * @param quarantineAfter in how many runs a record must have failed before it is
 * quarantined
 */
public record RejectingRun(String link, long event, long execution, boolean testing, boolean replay,
		int quarantineAfter) {

	/**
	 * Returns the id that a record's reject is stored under: testing runs keep their own.
	 * @param identity the record's identity
	 * @return the id
	 */
	public String recordId(RecordIdentity identity) {
		return (this.testing ? "testing:" : "") + identity.recordId();
	}

	/** What becomes of a record that fails for the first time. */
	State first() {
		return this.testing ? State.TESTING : (this.quarantineAfter <= 1) ? State.QUARANTINED : State.OPEN;
	}

}
