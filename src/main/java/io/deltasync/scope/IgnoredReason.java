package io.deltasync.scope;

/**
 * A reason for which records were ignored.
 *
 * @param reason the reason that a filter or the source gave
 * @param records how many records were ignored for it
 */
public record IgnoredReason(String reason, long records) {

}
