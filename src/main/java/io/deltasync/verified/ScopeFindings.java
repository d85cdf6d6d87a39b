package io.deltasync.verified;

/**
 * The suspects of a scope, by what became of them.
 *
 * @param pending the next run delivers them
 * @param moving they changed at the source again and again, or are gone there
 * @param missing the target has no row for them
 * @param different the target holds other values
 * @param unconfirmed they could not be compared again
 * @param repaired how many of the missing and different ones were repaired and then seen
 * equal
 * @param absent how many of all have no row at the target
 */
public record ScopeFindings(long pending, long moving, long missing, long different, long unconfirmed, long repaired,
		long absent) {

	/** Nothing was found. */
	public static final ScopeFindings NONE = new ScopeFindings(0, 0, 0, 0, 0, 0, 0);

	/**
	 * Adds other findings.
	 * @param other the other findings
	 * @return the sums
	 */
	public ScopeFindings plus(ScopeFindings other) {
		return new ScopeFindings(this.pending + other.pending, this.moving + other.moving, this.missing + other.missing,
				this.different + other.different, this.unconfirmed + other.unconfirmed, this.repaired + other.repaired,
				this.absent + other.absent);
	}

}
