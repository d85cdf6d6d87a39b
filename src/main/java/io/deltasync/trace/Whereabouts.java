package io.deltasync.trace;

/** The conclusion about a record. */
public enum Whereabouts {

	/** The target has the record as the source has it now. */
	IN_STEP(true),

	/** As far as is stored, the target received the record as the source has it now. */
	DELIVERED(true),

	/** The next run reads it. */
	PENDING(true),

	/** The next run reads it, but the last run was not successful. */
	LINK_FAILING(false),

	/** It waits as a reject. */
	REJECTED(false),

	/** Filters or mapping fail on it. */
	WOULD_FAIL(false),

	/** A filter leaves it out. */
	LEFT_OUT(false),

	/** No delta run reads it, and the target does not have it. */
	NEVER_READ(false),

	/** It was delivered as it is now, but the target has other values. */
	CHANGED_AT_TARGET(false),

	/** It was delivered, but the target no longer has it. */
	MISSING_AT_TARGET(false),

	/** No delta run reads it, and the target has other values. */
	DIFFERENT(false),

	/** The source no longer has it, and the next full run deletes it at the target. */
	DELETION_PENDING(true),

	/** The source no longer has it; the target keeps it. */
	LEFT_AT_TARGET(false),

	/** It was delivered, and neither side has it any longer. */
	DELETED(true),

	/** Neither side has it. */
	UNKNOWN_TO_BOTH(false),

	/** Too little is known. */
	CANNOT_TELL(false);

	private final boolean fine;

	Whereabouts(boolean fine) {
		this.fine = fine;
	}

	/**
	 * Whether nobody has to do anything.
	 * @return true if the record is in step, or soon will be
	 */
	public boolean isFine() {
		return this.fine;
	}

}
