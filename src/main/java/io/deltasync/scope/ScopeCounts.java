package io.deltasync.scope;

/**
 * How many scopes of a run came to which end.
 *
 * @param total how many were planned so far
 * @param done how many were fetched to their end
 * @param failed how many failed
 */
public record ScopeCounts(long total, long done, long failed) {

}
