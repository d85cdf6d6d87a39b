package io.deltasync.reject;

/**
 * A reject that waits to be delivered to a row of the target.
 *
 * @param rowId the digest of the row's key, as the target compares keys
 * @param id the number of the reject
 * @param recordId the digest of the record's key at the source
 * @param lastEvent the Sync Event of the last run that met it
 */
public record WaitingInRow(String rowId, long id, String recordId, long lastEvent) {

}
