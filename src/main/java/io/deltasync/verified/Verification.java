package io.deltasync.verified;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.scope.RecordCounts;
import io.deltasync.verified.VerifyScopes.Sums;
import org.jspecify.annotations.Nullable;

/**
 * What a verification has found. The components are its fields in JSON. The records of
 * the source add up: {@code fetched = same + leftOut + held + pending + moving +
 * unreadable + missing + different + unconfirmed}.
 *
 * @param result the result; null while it runs, and if it did not come to its end
 * @param sample the percentage of the scopes that were compared; null for all
 * @param fetched how many records the source returned
 * @param same how many the target holds as they would be delivered
 * @param leftOut how many filters leave out
 * @param held how many wait as rejects
 * @param pending how many have changed since the last success, so that the next run
 * delivers them
 * @param moving how many changed at the source during the verification
 * @param unreadable how many cannot be delivered and do not wait as rejects
 * @param missing how many have no row at the target
 * @param different of how many the target holds other values
 * @param unconfirmed how many were found missing or different, but could not be compared
 * again
 * @param repaired how many of the missing and different ones were delivered again and
 * then seen equal
 * @param targetRows how many rows the target has; null if they were not counted
 * @param gone how many of them the Link has delivered and the source no longer has
 * @param leftOutNow how many of them the Link leaves out now
 * @param others how many of them belong to others
 */
public record Verification(@Nullable VerifyResult result, @Nullable Double sample, long fetched, long same,
		long leftOut, long held, long pending, long moving, long unreadable, long missing, long different,
		long unconfirmed, long repaired, @Nullable Long targetRows, long gone, long leftOutNow, long others) {

	/**
	 * Adds up what is stored.
	 * @param sample the percentage of the scopes that are compared; null for all
	 * @param records the counts of the records by their way to the target
	 * @param sums what was found in scopes
	 * @param rows the rows of the target
	 * @return the verification without a result
	 */
	public static Verification of(@Nullable Double sample, RecordCounts records, Sums sums, TargetRowCounts rows) {
		ScopeFindings findings = sums.findings();
		long reported = findings.pending() + findings.moving() + findings.missing() + findings.different()
				+ findings.unconfirmed() + sums.open();
		return new Verification(null, sample, records.fetched(), records.written() - sums.first().held() - reported,
				records.ignored() + records.dropped(), sums.first().held() + sums.first().heldFailed(),
				findings.pending(), findings.moving(), records.failed() - sums.first().heldFailed(), findings.missing(),
				findings.different(), findings.unconfirmed() + sums.open(), findings.repaired(), rows.rows(),
				rows.gone(), rows.leftOut(), rows.others());
	}

	/**
	 * Sets the result.
	 * @param found the result
	 * @return the verification with it
	 */
	public Verification with(VerifyResult found) {
		return new Verification(found, this.sample, this.fetched, this.same, this.leftOut, this.held, this.pending,
				this.moving, this.unreadable, this.missing, this.different, this.unconfirmed, this.repaired,
				this.targetRows, this.gone, this.leftOutNow, this.others);
	}

	/**
	 * Whether each fetched record is counted exactly once. Records that are the same are
	 * not counted by themselves, which would cost a row for each scope: they are the ones
	 * that reached the target and that lanes have not marked as created. So it is those
	 * marks that must agree with the suspects that were stored.
	 * @param records the counts of the records by their way to the target
	 * @param sums what was found in scopes
	 * @return false if a count is missing
	 */
	public boolean addsUp(RecordCounts records, Sums sums) {
		return records.addUp() && this.same >= 0 && this.unreadable >= 0
				&& records.created() == sums.first().suspects() + sums.first().held()
				&& this.fetched == this.same + this.leftOut + this.held + this.pending + this.moving + this.unreadable
						+ this.missing + this.different + this.unconfirmed;
	}

	/**
	 * Decides the result.
	 * @param proven whether everything was compared that should be
	 * @param strict whether records that wait to be delivered count as differences
	 * @param deleted how many rows that the source no longer has were deleted
	 * @return the result
	 */
	public VerifyResult decide(boolean proven, boolean strict, long deleted) {
		long open = this.missing + this.different - this.repaired + this.gone
				+ (strict ? this.held + this.pending + this.moving : 0);
		if (open > 0) {
			return VerifyResult.NOT_IN_STEP;
		}
		if (!proven || this.unconfirmed > 0 || this.unreadable > 0) {
			return VerifyResult.NOT_PROVEN;
		}
		if (this.repaired > 0 || deleted > 0) {
			return VerifyResult.REPAIRED;
		}
		return (this.sample != null) ? VerifyResult.SAMPLE_IN_STEP : VerifyResult.IN_STEP;
	}

	/**
	 * Describes what keeps the target from being in step.
	 * @return the counts in words; empty if there are no differences
	 */
	public String differences() {
		List<String> parts = new ArrayList<>();
		add(parts, this.missing, "missing at the target");
		add(parts, this.different, "different");
		add(parts, this.gone, "gone at the source");
		add(parts, this.unconfirmed, "not compared again");
		add(parts, this.unreadable, "not deliverable");
		return String.join(", ", parts);
	}

	private static void add(List<String> parts, long count, String what) {
		if (count > 0) {
			parts.add("%d %s".formatted(count, what));
		}
	}

}
