package io.deltasync.run.verify;

import org.jspecify.annotations.Nullable;

/**
 * What became of the repair of a record.
 *
 * @param repaired whether it was delivered and then seen equal
 * @param failure why it was not; null if it was, and if no repair was tried
 */
record RepairOutcome(boolean repaired, @Nullable String failure) {

	static final RepairOutcome NOT_TRIED = new RepairOutcome(false, null);

	static final RepairOutcome REPAIRED = new RepairOutcome(true, null);

	static RepairOutcome failed(String why) {
		return new RepairOutcome(false, why);
	}

}
