package io.deltasync.console.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.deltasync.console.Browser;
import io.deltasync.console.ConsoleFixture;
import io.deltasync.console.security.Role;
import io.deltasync.testing.ScriptedRuns;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many queries the updates of open pages need while a run is in progress. They share
 * the processors and the database with it.
 */
class UpdateQueriesIT {

	private static ConsoleFixture console;

	private static long event;

	private final Queries queries = new Queries();

	private final Logger logger = (Logger) LoggerFactory.getLogger(JdbcTemplate.class);

	@BeforeAll
	static void start() {
		console = new ConsoleFixture(List.of("held", "idle"));
		console.stage().records("held", 3);
		console.stage().hold("held");
		event = Long.parseLong(console.signIn(Role.OPERATOR)
			.post("/links/held/runs", Map.of())
			.uri()
			.getPath()
			.substring("/events/".length()));
	}

	@AfterAll
	static void stop() {
		console.stage().release("held");
		console.await(event);
		console.close();
	}

	@BeforeEach
	void count() {
		this.queries.start();
		this.logger.addAppender(this.queries);
		this.logger.setAdditive(false);
		this.logger.setLevel(Level.DEBUG);
	}

	@AfterEach
	void countNoMore() {
		this.logger.setLevel(null);
		this.logger.setAdditive(true);
		this.logger.detachAppender(this.queries);
	}

	@Test
	void anUpdateOfTheEventReadsEachThingOnce() {
		Browser viewer = console.signIn(Role.VIEWER);
		this.queries.next();
		assertThat(viewer.update("/events/%d/live".formatted(event)).body()).contains("Running");

		assertThat(this.queries.next()).isNotEmpty().hasSizeLessThanOrEqualTo(7).doesNotHaveDuplicates();
	}

	@Test
	void aLookForChangesReadsOnlyWhatTheRunMayHaveChanged() {
		Browser viewer = console.signIn(Role.VIEWER);
		ScriptedRuns.await(() -> viewer.update("/links").body().contains("running"));
		nextLook(viewer);

		List<String> look = nextLook(viewer);
		assertThat(look).hasSizeLessThanOrEqualTo(5).doesNotHaveDuplicates();
	}

	/** Asks until the answer is not a shared one. */
	private List<String> nextLook(Browser viewer) {
		this.queries.next();
		List<String> look = new ArrayList<>();
		ScriptedRuns.await(() -> {
			viewer.update("/links");
			return look.addAll(this.queries.next());
		});
		return look;
	}

	/** The queries of the threads that serve pages. */
	private static final class Queries extends AppenderBase<ILoggingEvent> {

		private final List<String> found = new ArrayList<>();

		@Override
		protected void append(ILoggingEvent event) {
			if (event.getThreadName().startsWith("http-") && event.getFormattedMessage().contains("[")) {
				this.found.add(event.getFormattedMessage());
			}
		}

		/** Returns those since the last call. */
		synchronized List<String> next() {
			List<String> next = List.copyOf(this.found);
			this.found.clear();
			return next;
		}

	}

}
