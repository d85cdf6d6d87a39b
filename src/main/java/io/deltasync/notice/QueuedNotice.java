package io.deltasync.notice;

/**
 * A message that a process has claimed in order to send it, or that has expired.
 *
 * @param id its number
 * @param messageId identifies it to receivers, the same for all attempts
 * @param link the Link's name
 * @param channel the name of its channel
 * @param body the message as JSON
 * @param attempts the number of attempts, with the one that is claimed
 * @param problem why the last attempt failed; empty if there was none
 */
public record QueuedNotice(long id, String messageId, String link, String channel, String body, int attempts,
		String problem) {

}
