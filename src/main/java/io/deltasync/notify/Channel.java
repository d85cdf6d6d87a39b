package io.deltasync.notify;

import java.time.Instant;

/**
 * A place to which messages are sent. Thread-safe.
 */
interface Channel {

	/**
	 * Sends a message, and waits for a limited time only.
	 * @param messageId identifies the message, also if it is sent again
	 * @param body the message as JSON
	 * @param now the current time
	 * @return what was answered, in words
	 * @throws UndeliveredException if the message was not accepted, or may not have been
	 */
	String send(String messageId, String body, Instant now) throws UndeliveredException;

}
