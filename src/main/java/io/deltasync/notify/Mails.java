package io.deltasync.notify;

import java.util.List;

/**
 * Sends mails. An application without a library for mail has none.
 */
public interface Mails {

	/**
	 * Sends a mail, and waits for a limited time only.
	 * @param messageId identifies the message, also if it is sent again
	 * @param from the sender
	 * @param to the receivers
	 * @param subject the subject
	 * @param text the text
	 * @throws RuntimeException if the server does not accept it
	 */
	void send(String messageId, String from, List<String> to, String subject, String text);

}
