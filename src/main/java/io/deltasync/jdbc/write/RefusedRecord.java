package io.deltasync.jdbc.write;

import io.deltasync.api.RecordInFlight;

/**
 * A record that cannot be written.
 *
 * @param record the record
 * @param reason the reason, for an operator
 * @param never whether no record with the same properties can be written
 * @param others whether it may succeed after other records were written
 */
public record RefusedRecord(RecordInFlight record, String reason, boolean never, boolean others) {

	/** Marks the record as failed. */
	void apply() {
		this.record.addError(this.reason);
		if (this.others) {
			this.record.tryLast();
		}
	}

}
