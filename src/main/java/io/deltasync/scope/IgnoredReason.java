package io.deltasync.scope;

/**
 * Why records were ignored, and how many.
 *
 * @param reason what a filter or the source gave as the reason
 * @param records how many were ignored for it
 */
public record IgnoredReason(String reason, long records) {

}
