package io.deltasync.verified;

/**
 * What the first comparison of a scope's records has found.
 *
 * @param suspects the records that are not at the target as they would be delivered
 * @param held those that wait as rejects instead
 * @param heldFailed the records that wait as rejects and do not reach the target
 * @param absent how many suspects have no row at the target
 * @param othersAbsent how many of the other records that reach the target have none: held
 * ones, and those of which a delivery only changes or deletes rows
 */
public record FirstLook(long suspects, long held, long heldFailed, long absent, long othersAbsent) {

	/** Nothing was found. */
	public static final FirstLook NONE = new FirstLook(0, 0, 0, 0, 0);

	/**
	 * Adds other findings.
	 * @param other the other findings
	 * @return the sums
	 */
	public FirstLook plus(FirstLook other) {
		return new FirstLook(this.suspects + other.suspects, this.held + other.held, this.heldFailed + other.heldFailed,
				this.absent + other.absent, this.othersAbsent + other.othersAbsent);
	}

}
