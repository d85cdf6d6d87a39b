package io.deltasync.scope;

/**
 * The counts of a run's scopes by their outcomes.
 *
 * @param total how many were planned to date
 * @param done how many were fetched completely
 * @param failed how many failed
 */
public record ScopeCounts(long total, long done, long failed) {

	static final ScopeCounts NONE = new ScopeCounts(0, 0, 0);

	ScopeCounts plus(ScopeCounts other) {
		return new ScopeCounts(this.total + other.total, this.done + other.done, this.failed + other.failed);
	}

}
