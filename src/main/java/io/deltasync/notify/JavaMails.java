package io.deltasync.notify;

import java.nio.charset.StandardCharsets;
import java.util.List;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/**
 * Sends mails by the server that Spring Boot's {@code spring.mail} properties name.
 */
public final class JavaMails implements Mails {

	private static final String LIMIT_MILLIS = "10000";

	/** Without these limits, a server that is silent would hold the thread for ever. */
	private static final List<String> LIMITS = List.of("connectiontimeout", "timeout", "writetimeout");

	private final JavaMailSender sender;

	/**
	 * Creates the service, and sets the time limits that are not configured.
	 * @param sender the application's sender of mails
	 */
	public JavaMails(JavaMailSender sender) {
		this.sender = sender;
		if (sender instanceof JavaMailSenderImpl own) {
			for (String protocol : List.of("smtp", "smtps")) {
				LIMITS.forEach((limit) -> own.getJavaMailProperties()
					.putIfAbsent("mail.%s.%s".formatted(protocol, limit), LIMIT_MILLIS));
			}
		}
	}

	@Override
	public void send(String messageId, String from, List<String> to, String subject, String text) {
		this.sender.send((message) -> prepare(message, messageId, from, to, subject, text));
	}

	/** Mail programs recognise a mail that is sent again by an own header. */
	private static void prepare(MimeMessage message, String messageId, String from, List<String> to, String subject,
			String text) throws MessagingException {
		MimeMessageHelper mail = new MimeMessageHelper(message, StandardCharsets.UTF_8.name());
		mail.setFrom(from);
		mail.setTo(to.toArray(String[]::new));
		mail.setSubject(subject);
		mail.setText(text);
		message.setHeader("X-DeltaSync-Message-Id", messageId);
		message.setHeader("Auto-Submitted", "auto-generated");
	}

}
