package io.deltasync.scope;

/**
 * The counts of a run's scopes by their outcomes.
 *
 * @param total how many were planned to date
 * @param done how many were fetched completely
 * @param failed how many failed
 */
public record ScopeCounts(long total, long done, long failed) {

}
