package io.deltasync.cli;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/**
 * The message of a log event, on one line and without control characters. Messages of
 * Spring Boot itself, which explain why a start failed, keep their lines. For patterns of
 * Logback.
 */
public class PrintableMessage extends MessageConverter {

	@Override
	public String convert(ILoggingEvent event) {
		String message = super.convert(event);
		return event.getLoggerName().startsWith("org.springframework.boot.") ? Printable.lines(message)
				: Printable.line(message);
	}

}
