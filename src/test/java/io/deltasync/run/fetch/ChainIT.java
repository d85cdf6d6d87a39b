package io.deltasync.run.fetch;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.api.FetchStrategy;
import io.deltasync.event.SyncEvent;
import io.deltasync.scope.ScopeCounts;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * ChainFetchAdapter.
 */
@EachDatabase
class ChainIT extends ScriptedRuns {

	ChainIT() {
		super("scriptedChainSource");
	}

	@Test
	void nextScopeIsAskedInTheSameContextAfterEachFetchAndFetchedInANewOne() throws Exception {
		chain(5);
		List<Object> instances = new ArrayList<>();
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			instances.add(source);
			return fetch.fetchRecords(source, context, scope);
		};
		SyncEvent event = run();
		assertThat(event.success()).isTrue();
		assertThat(this.script.fetched).containsExactly("null", "1", "2", "3", "4");
		assertThat(instances).hasSize(5).doesNotHaveDuplicates();
		assertThat(this.script.askedForNext).usingElementComparator((one, other) -> (one == other) ? 0 : 1)
			.containsExactlyElementsOf(instances);
		assertThat(event.scopes()).isEqualTo(new ScopeCounts(5, 5, 0));
		assertThat(event.records().written()).isEqualTo(50);
	}

	private void chain(int links) {
		List<Integer> at = new ArrayList<>(List.of(0));
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		this.script.fetch = (source, context, scope) -> {
			at.set(0, (scope != null) ? Integer.parseInt(scope) : 0);
			return Script.records(at.get(0) * 10, at.get(0) * 10 + 10);
		};
		this.script.nextScope = () -> (at.get(0) + 1 < links) ? String.valueOf(at.get(0) + 1) : null;
	}

	@Test
	void replayContinuesTheChainFromTheFailedScope() throws Exception {
		chain(5);
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			if ("3".equals(scope)) {
				throw new IllegalStateException("the source went away");
			}
			return fetch.fetchRecords(source, context, scope);
		};
		SyncEvent failed = run();
		this.script.fetch = fetch;
		this.script.fetched.clear();
		SyncEvent replay = replay(failed);
		assertThat(replay.success()).isTrue();
		assertThat(replay.strategy()).isEqualTo("IMMEDIATE");
		assertThat(replay.scopes()).isEqualTo(new ScopeCounts(2, 2, 0));
		assertThat(this.script.fetched).containsExactly("3", "4");
		assertThat(this.script.target).hasSize(50);
	}

	@Test
	void restartContinuesWithTheScopeThatWasStoredBeforeItsFetch() throws Exception {
		chain(5);
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			if ("3".equals(scope)) {
				throw new IllegalStateException("the source went away");
			}
			return fetch.fetchRecords(source, context, scope);
		};
		SyncEvent failed = run();
		assertThat(failed.scopes()).isEqualTo(new ScopeCounts(4, 3, 1));
		this.script.fetch = fetch;
		this.script.fetched.clear();
		SyncEvent restarted = restart(failed);
		assertThat(restarted.success()).isTrue();
		assertThat(this.script.fetched).containsExactly("3", "4");
		assertThat(this.script.contexts).hasSize(1);
		assertThat(restarted.records().written()).isEqualTo(50);
		assertThat(this.script.target).hasSize(50);
	}

	@Test
	void nextScopeIsStoredBeforeItIsFetched() throws Exception {
		chain(3);
		List<Integer> stored = new ArrayList<>();
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			stored.add(this.application.getBean(JdbcTemplate.class)
				.queryForObject("SELECT SUM(SCOPE_COUNT) FROM SYNC_SCOPE_PAGE", Integer.class));
			return fetch.fetchRecords(source, context, scope);
		};
		assertThat(run().success()).isTrue();
		assertThat(stored).containsExactly(1, 2, 3);
	}

	@Test
	void nextScopeIsAskedForAfterImmediateOnly() throws Exception {
		chain(5);
		this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("0", "1"));
		assertThat(run().scopes()).isEqualTo(new ScopeCounts(2, 2, 0));
		assertThat(this.script.askedForNext).isEmpty();
	}

	@Test
	void nextScopeThatThrowsFailsTheScopeThatWasFetched() throws Exception {
		chain(5);
		this.script.nextScope = () -> {
			throw new IllegalStateException("no token");
		};
		SyncEvent event = run();
		assertThat(event.scopes().failed()).isOne();
		assertThat(event.success()).isFalse();
		assertThat(event.errors().get(0).message()).contains("no token");
	}

}
