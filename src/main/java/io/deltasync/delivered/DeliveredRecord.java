package io.deltasync.delivered;

import org.jspecify.annotations.Nullable;

/**
 * A record that has been delivered.
 *
 * @param rowId the digest of its key as the target compares keys
 * @param sourceId the digest of its key at the source
 * @param contentId the digest of what the target got; null when that is not known
 * @param version the version of what was known before the delivery; 0 for nothing
 * @param sourceKey the original properties that identify it, as text; null when they
 * cannot be written
 * @param targetKey the same as the target got them; null when they cannot be written, or
 * did not go to the target
 */
public record DeliveredRecord(String rowId, String sourceId, @Nullable String contentId, long version,
		@Nullable String sourceKey, @Nullable String targetKey) {

}
