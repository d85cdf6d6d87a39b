package io.deltasync.delivered;

/**
 * A record that was delivered and that a run did not meet any more.
 *
 * @param rowId the digest of its key as the target compares keys
 * @param sourceKey the original properties that identify it, as text
 * @param targetKey the same as the target got them
 */
public record UnseenRecord(String rowId, String sourceKey, String targetKey) {

}
