package io.deltasync.delivered;

import org.jspecify.annotations.Nullable;

/**
 * What the delivery index knows of a row at the target.
 *
 * @param contentId the digest of the content that the target received; null if it is
 * uncertain or not kept
 * @param event the run that delivered the record last, or a full run that has met it
 */
public record LastDelivery(@Nullable String contentId, long event) {

}
