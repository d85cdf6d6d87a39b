package io.deltasync.console.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.deltasync.console.Browser;
import io.deltasync.console.ConsoleFixture;
import io.deltasync.console.security.Role;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.SentQueries;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many queries the updates of open pages need while a run is in progress. They share
 * the processors and the database with it.
 */
class UpdateQueriesIT {

	private static ConsoleFixture console;

	private static long event;

	/** Those of the threads that serve pages. */
	@RegisterExtension
	final SentQueries queries = new SentQueries((thread) -> thread.startsWith("http-"));

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

}
