package io.deltasync.inbox;

/**
 * How much may wait to be delivered, for each Link.
 *
 * @param requests the number of requests
 * @param bytes the size of their bodies
 */
public record InboxLimits(long requests, long bytes) {

	/** Refuses another body when there is no room for it. */
	void check(String link, long waiting, long waitingBytes, long more) {
		if (waiting >= this.requests) {
			throw new InboxFullException(
					"Link '%s': %d requests wait to be delivered, and more are not stored (deltasync.push.max-waiting-requests). Send this one again later"
						.formatted(link, waiting));
		}
		// a body that alone is larger than the limit still gets through
		if (waiting > 0 && waitingBytes + more > this.bytes) {
			throw new InboxFullException(
					"Link '%s': %d bytes wait to be delivered, and more than %d are not stored (deltasync.push.max-waiting-size). Send this request again later"
						.formatted(link, waitingBytes, this.bytes));
		}
	}

}
