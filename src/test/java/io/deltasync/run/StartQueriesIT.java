package io.deltasync.run;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is read of earlier runs before a run is stored. Each query delays the start of a
 * run that is due.
 */
@EachDatabase(TestDatabase.H2)
class StartQueriesIT extends ScriptedRuns {

	private final List<String> queries = new CopyOnWriteArrayList<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(JdbcTemplate.class);

	private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

		@Override
		protected void append(ILoggingEvent event) {
			StartQueriesIT.this.queries.add(event.getFormattedMessage());
		}

	};

	StartQueriesIT() {
		super("scriptedSource");
	}

	@BeforeEach
	void listen() {
		this.appender.start();
		this.logger.addAppender(this.appender);
		this.logger.setAdditive(false);
		this.logger.setLevel(Level.DEBUG);
	}

	@AfterEach
	void listenNoMore() {
		this.logger.setLevel(null);
		this.logger.setAdditive(true);
		this.logger.detachAppender(this.appender);
	}

	@Test
	void theRunBeforeIsReadOnce() throws Exception {
		run();
		this.queries.clear();

		run();

		assertThat(this.queries).filteredOn((query) -> query.contains("FROM BATCH_JOB_INSTANCE i WHERE JOB_NAME"))
			.hasSize(1);
	}

	@Test
	void aNewRunIsNotLookedForAmongTheStoredOnes() throws Exception {
		run();
		this.queries.clear();

		run();

		assertThat(this.queries).filteredOn((query) -> query.contains("JOB_KEY = ?"))
			.as("by Spring Batch, which stores no run twice")
			.hasSize(1);
	}

}
