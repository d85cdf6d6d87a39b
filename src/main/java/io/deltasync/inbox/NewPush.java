package io.deltasync.inbox;

/**
 * A request that is about to be stored.
 *
 * @param key its idempotency key
 * @param digest identifies its content: the SHA-256 of the type and the body
 * @param contentType the type of the body
 * @param body the body
 * @param records how many records it contains
 */
@SuppressWarnings("ArrayRecordComponent")
public record NewPush(String key, String digest, String contentType, byte[] body, long records) {

	/** The longest idempotency key, in characters. */
	public static final int MAX_KEY = 255;

	/** The longest type of a body, in characters. */
	public static final int MAX_CONTENT_TYPE = 255;

}
