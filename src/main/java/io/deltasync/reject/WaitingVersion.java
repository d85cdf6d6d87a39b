package io.deltasync.reject;

/**
 * The version of a record that waits to be delivered.
 *
 * @param id the number of the reject
 * @param recordId the digest of the record's key
 * @param contentId the digest of the version's content
 */
public record WaitingVersion(long id, String recordId, String contentId) {

}
