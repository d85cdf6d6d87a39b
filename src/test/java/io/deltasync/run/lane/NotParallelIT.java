package io.deltasync.run.lane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.deltasync.api.FetchStrategy;
import io.deltasync.event.SyncEvent;
import io.deltasync.run.ActiveRuns;
import io.deltasync.scope.ScopeCounts;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Link whose scopes are not to be fetched side by side.
 */
@EachDatabase(TestDatabase.H2)
class NotParallelIT extends ScriptedRuns {

	NotParallelIT() {
		super("scriptedDelayedSource", "deltasync.links.people.parallel=false");
	}

	@Test
	void noScopeIsFetchedBeforeTheLastList() throws Exception {
		List<Integer> fetchedWhilePlanning = Collections.synchronizedList(new ArrayList<>());
		this.script.plan = (source, context) -> FetchStrategy.cumulativeScopes(List.of("0", "1"), null, "1");
		this.script.planAgain = (source, context, scope) -> {
			// longer than a lane that could begin would wait before it looks again
			this.application.getBean(ActiveRuns.class)
				.find(LINK)
				.orElseThrow()
				.lease()
				.awaitStopRequest(Duration.ofMillis(500));
			fetchedWhilePlanning.add(this.script.fetched.size());
			return FetchStrategy.cumulativeScopes(List.of("2"), null, scope.equals("1") ? "2" : null);
		};
		SyncEvent event = run();
		assertThat(event.success()).isTrue();
		assertThat(event.scopes()).isEqualTo(new ScopeCounts(4, 4, 0));
		assertThat(fetchedWhilePlanning).containsExactly(0, 0);
	}

	@Test
	void scopesAreFetchedOneAfterTheOtherInTheirOrder() throws Exception {
		scopes(300, 1);
		Set<Thread> threads = ConcurrentHashMap.newKeySet();
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			threads.add(Thread.currentThread());
			return fetch.fetchRecords(source, context, scope);
		};
		assertThat(run().success()).isTrue();
		assertThat(threads).hasSize(1);
		assertThat(this.script.fetched).hasSize(300)
			.isSortedAccordingTo((one, other) -> Integer.compare(Integer.parseInt(one), Integer.parseInt(other)));
	}

}
