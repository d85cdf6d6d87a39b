package io.deltasync.delivered;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the last delivery of a record.
 *
 * @param contentId the digest of what the target got; null when that is not known
 * @param version grows with each change of what is known, from 1
 */
public record DeliveredContent(@Nullable String contentId, long version) {

}
