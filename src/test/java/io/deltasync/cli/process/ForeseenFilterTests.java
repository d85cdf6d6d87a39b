package io.deltasync.cli.process;

import java.sql.SQLException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.JobExecutionException;

import static org.assertj.core.api.Assertions.assertThat;

class ForeseenFilterTests {

	private static final String STEP = "org.springframework.batch.core.step.AbstractStep";

	private static FilterReply decide(String logger, Throwable thrown) {
		Logger of = new LoggerContext().getLogger(logger);
		return new ForeseenFilter()
			.decide(new LoggingEvent(ForeseenFilterTests.class.getName(), of, Level.ERROR, "failed", thrown, null));
	}

	@Test
	void refusalByADatabaseIsLoggedWithoutAStackTrace() {
		assertThat(decide(STEP, new IllegalStateException(new SQLException("refused")))).isEqualTo(FilterReply.DENY);
		assertThat(decide(STEP, new JobExecutionException("Partition handler returned an unsuccessful step")))
			.isEqualTo(FilterReply.DENY);
	}

	@Test
	void bugsAndStartupFailuresAreLogged() {
		assertThat(decide(STEP, new IllegalStateException("bug"))).isEqualTo(FilterReply.NEUTRAL);
		assertThat(decide("org.springframework.boot.SpringApplication", new SQLException("refused")))
			.isEqualTo(FilterReply.NEUTRAL);
		assertThat(decide("io.deltasync.run.Steps", new SQLException("refused"))).isEqualTo(FilterReply.NEUTRAL);
	}

}
