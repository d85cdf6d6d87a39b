package io.deltasync;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.TimeZone;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LogFormatTests {

	@Test
	void timesAreThoseOfUtcWhateverTheZoneOfTheJvm() throws Exception {
		TimeZone zone = TimeZone.getDefault();
		TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
		try {
			LoggerContext context = new LoggerContext();
			JoranConfigurator configurator = new JoranConfigurator();
			configurator.setContext(context);
			configurator.doConfigure(getClass().getResource("/deltasync-logback.xml"));
			LoggingEvent event = new LoggingEvent();
			event.setLevel(Level.WARN);
			event.setMessage("Something");
			event.setInstant(Instant.parse("2026-11-21T22:25:40.215Z"));

			ConsoleAppender<ILoggingEvent> appender = (ConsoleAppender<ILoggingEvent>) context
				.getLogger(Logger.ROOT_LOGGER_NAME)
				.getAppender("STDERR");

			assertThat(new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8).strip())
				.isEqualTo("2026-11-21T22:25:40.215Z WARN  Something");
		}
		finally {
			TimeZone.setDefault(zone);
		}
	}

}
