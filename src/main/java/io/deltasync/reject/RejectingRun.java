package io.deltasync.reject;

import io.deltasync.reject.Reject.State;

/**
 * The properties of a run that rejects depend on.
 *
 * @param link the Link's name
 * @param event the Sync Event
 * @param execution the attempt: the job execution's id
 * @param testing whether targets must not be changed
 * @param replay whether it retries the failures of an earlier run, and therefore does not
 * count as another failed run for the quarantine
 * @param quarantineAfter in how many runs a record must have failed before it is
 * quarantined
 */
public record RejectingRun(String link, long event, long execution, boolean testing, boolean replay,
		int quarantineAfter) {

	/**
	 * Returns the id under which a record's reject is stored. Testing runs keep their own
	 * rejects.
	 * @param identity the record's identity
	 * @return the id
	 */
	public String recordId(RecordIdentity identity) {
		return (this.testing ? "testing:" : "") + identity.recordId();
	}

	/** Returns the state of a record that fails for the first time. */
	State first() {
		return this.testing ? State.TESTING : (this.quarantineAfter <= 1) ? State.QUARANTINED : State.OPEN;
	}

}
