package io.deltasync.delivered;

/**
 * A delivered record that a run did not meet.
 *
 * @param rowId the digest of its key as the target compares keys
 * @param sourceKey the original properties that identify it, as text
 * @param targetKey the same properties as the target received them
 */
public record UnseenRecord(String rowId, String sourceKey, String targetKey) {

}
