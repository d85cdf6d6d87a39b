package io.deltasync.event;

/**
 * Counts what was deleted, or would be. Its components are its fields in JSON.
 *
 * @param dryRun whether nothing was deleted
 * @param events the number of Sync Events
 * @param rejects the number of closed rejects
 * @param scopePages the number of pages of scopes of successful Sync Events
 * @param auditEntries the number of entries of the audit log
 */
public record Pruned(boolean dryRun, long events, long rejects, long scopePages, long auditEntries) {

}
