package io.deltasync.event.retention;

/**
 * Counts what was deleted, or would be. Its components are its fields in JSON.
 *
 * @param dryRun whether nothing was deleted
 * @param events the number of Sync Events
 * @param rejects the number of closed rejects
 * @param scopePages the number of pages of scopes of successful Sync Events
 * @param auditEntries the number of entries of the audit log
 * @param pushes the number of delivered and discarded requests that were pushed
 * @param notifications the number of notifications that were sent or have expired
 */
public record Pruned(boolean dryRun, long events, long rejects, long scopePages, long auditEntries, long pushes,
		long notifications) {

}
