package io.deltasync.inbox;

/**
 * The body of a request as it was received.
 *
 * @param contentType its type
 * @param bytes its bytes
 */
@SuppressWarnings("ArrayRecordComponent")
public record PushedBody(String contentType, byte[] bytes) {

}
