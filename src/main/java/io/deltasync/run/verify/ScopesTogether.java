package io.deltasync.run.verify;

import java.util.List;
import java.util.OptionalLong;

/**
 * Decides how many scopes are compared together, by the results of the last call and the
 * time that it took. Not thread-safe.
 */
final class ScopesTogether {

	/**
	 * A call that takes less time is followed by one of twice as many scopes, so that the
	 * cost of a call hardly counts.
	 */
	private static final long SHORT_NANOS = 200_000_000L;

	/**
	 * A call that takes longer is followed by one of half as many scopes, because a lane
	 * neither stops nor stores its progress meanwhile.
	 */
	private static final long LONG_NANOS = 1_000_000_000L;

	/** How many scopes are left out at most after some that differ. */
	private static final int MOST_LEFT_OUT = 64;

	private int number = 1;

	private int leaveOut;

	private int left;

	/**
	 * Returns how many scopes to compare together.
	 * @return the number; 0 if the next scope must be left out, because it is likely to
	 * differ
	 */
	int next() {
		if (this.left > 0) {
			this.left--;
			return 0;
		}
		return this.number;
	}

	/**
	 * Takes the results of a call.
	 * @param asked how many scopes were given, because a page may have no more
	 * @param results one result or more, which are empty for scopes that may differ
	 * @param nanos the time that the call took
	 */
	void take(int asked, List<OptionalLong> results, long nanos) {
		long differing = results.stream().filter(OptionalLong::isEmpty).count();
		boolean many = differing * 2 >= results.size();
		this.leaveOut = many ? Math.min(MOST_LEFT_OUT, this.leaveOut * 2 + 1) : 0;
		this.left = this.leaveOut;
		if (many) {
			this.number = 1;
		}
		else if (results.size() < asked) {
			this.number = results.size();
		}
		else if (nanos > LONG_NANOS) {
			this.number = Math.max(1, asked / 2);
		}
		else if (nanos < SHORT_NANOS) {
			this.number = Math.max(this.number, asked * 2);
		}
	}

}
