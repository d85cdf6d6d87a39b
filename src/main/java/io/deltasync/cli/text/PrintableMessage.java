package io.deltasync.cli.text;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/**
 * Converts the message of a log event to one line without control characters, in patterns
 * of Logback. Messages of Spring Boot, which explain failed starts, keep their lines.
 */
public class PrintableMessage extends MessageConverter {

	@Override
	public String convert(ILoggingEvent event) {
		String message = super.convert(event);
		return event.getLoggerName().startsWith("org.springframework.boot.") ? Printable.lines(message)
				: Printable.line(message);
	}

}
