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
import ch.qos.logback.core.joran.spi.JoranException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LogFormatTests {

	@Test
	void timesAreThoseOfUtcWhateverTheZoneOfTheJvm() throws Exception {
		TimeZone zone = TimeZone.getDefault();
		TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
		try {
			assertThat(format("Something", null)).isEqualTo("2026-11-21T22:25:40.215Z WARN  Something");
		}
		finally {
			TimeZone.setDefault(zone);
		}
	}

	@Test
	void textFromSourcesNeitherForgesLinesNorControlsTheTerminal() throws Exception {
		assertThat(format("record a\u001b[2J\r\nb\u009b1m: no", null))
			.isEqualTo("2026-11-21T22:25:40.215Z WARN  record a\\u001b[2J\\r\\nb\\u009b1m: no");
		assertThat(format("failed", new IllegalStateException("key a\u001b[2Jb\u0007"))).contains("key a?[2Jb?")
			.contains("\n\tat ")
			.doesNotContain("\u001b");
	}

	private static String format(String message, @Nullable Throwable thrown) throws JoranException {
		LoggerContext context = new LoggerContext();
		JoranConfigurator configurator = new JoranConfigurator();
		configurator.setContext(context);
		configurator.doConfigure(LogFormatTests.class.getResource("/deltasync-logback.xml"));
		LoggingEvent event = new LoggingEvent("", context.getLogger("io.deltasync.run.retry.CallAttempts"), Level.WARN,
				message, thrown, null);
		event.setInstant(Instant.parse("2026-11-21T22:25:40.215Z"));
		ConsoleAppender<ILoggingEvent> appender = (ConsoleAppender<ILoggingEvent>) context
			.getLogger(Logger.ROOT_LOGGER_NAME)
			.getAppender("STDERR");
		return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8).strip();
	}

}
