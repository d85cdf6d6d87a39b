package io.deltasync.event;

/**
 * What was removed, or would be. Its components are the fields that it has in JSON.
 *
 * @param dryRun whether nothing was removed
 * @param events how many Sync Events
 * @param rejects how many rejects that wait no more
 * @param scopePages how many pages of scopes of successful Sync Events
 */
public record Pruned(boolean dryRun, long events, long rejects, long scopePages) {

}
