package io.deltasync.delivered;

import org.jspecify.annotations.Nullable;

/**
 * A record that has been delivered.
 *
 * @param rowId the digest of its key as the target compares keys
 * @param sourceId the digest of its key at the source
 * @param contentId the digest of the content that the target received; null when it is
 * not known
 * @param version the version of the index entry before the delivery; 0 if there was none
 * @param sourceKey the original properties that identify it, as text; null when they
 * cannot be written
 * @param targetKey the same properties as the target received them; null when they cannot
 * be written, or did not go to the target
 */
public record DeliveredRecord(String rowId, String sourceId, @Nullable String contentId, long version,
		@Nullable String sourceKey, @Nullable String targetKey) {

}
