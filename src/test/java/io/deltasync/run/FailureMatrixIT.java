package io.deltasync.run;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.deltasync.api.FetchStrategy;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.testing.BreakingRecords;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Whatever fails, in whatever strategy, and whatever follows: fetched = written + failed
 * + ignored + dropped in every event, and the window moves only on success.
 */
@EachDatabase(value = { TestDatabase.H2, TestDatabase.POSTGRESQL }, sampled = true)
class FailureMatrixIT extends ScriptedRuns {

	private static final int RECORDS = 40;

	private static final int SCOPE = 10;

	FailureMatrixIT() {
		super("scriptedAnySource", "deltasync.links.people.filters[0].filter=scriptedFilter");
	}

	@BeforeParameterizedClassInvocation
	void makeTable() {
		JdbcTemplate jdbc = this.application.getBean(JdbcTemplate.class);
		jdbc.execute("CREATE TABLE PERSON (ID BIGINT PRIMARY KEY)");
		IntStream.range(0, RECORDS).forEach((id) -> jdbc.update("INSERT INTO PERSON VALUES (?)", id));
	}

	static Stream<Arguments> matrix() {
		return Stream.of(Strategy.values())
			.flatMap((strategy) -> Stream.of(Level.values())
				.flatMap((level) -> Stream.of(Sequel.values()).map((sequel) -> Arguments.of(strategy, level, sequel))));
	}

	@ParameterizedTest(name = "{0}, error level {1}, then {2}")
	@MethodSource("matrix")
	void countsAddUpAndTheWindowMovesOnSuccessAlone(Strategy strategy, Level level, Sequel sequel) throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.noRecords();
		SyncEvent before = run();
		script(strategy);
		this.script.filter = (context, records) -> records.stream()
			.filter((record) -> record.get("id").equals(5))
			.forEach((record) -> record.ignore("five"));
		fail(strategy, level);

		SyncEvent first = run();

		assertThat(first.windowStart()).isEqualTo(before.runTimestamp());
		assertSound(first);
		assertThat(first.success()).isEqualTo(level == Level.NONE);
		assertThat(first.status()).isEqualTo((level == Level.SYSTEM) ? Status.ABORTED : Status.COMPLETED);
		assertWindow(first.success() ? first : before);
		if (strategy == Strategy.LOCATOR) {
			assertThat(this.script.fetched).as("fetchRecords is never called").isEmpty();
		}

		script(strategy);
		this.script.marked.clear();
		this.script.poison.clear();
		switch (sequel) {
			case NOTHING -> assertThat(this.events.newest(LINK, 5)).hasSize(2);
			case NEXT_RUN -> {
				SyncEvent next = run();
				assertThat(next.windowStart()).isEqualTo((first.success() ? first : before).runTimestamp());
				assertSound(next);
				assertThat(next.success()).isTrue();
				assertWindow(next);
				assertAllDelivered();
			}
			case RESTART -> {
				if (!first.success()) {
					SyncEvent again = restart(first);
					assertThat(again.id()).isEqualTo(first.id());
					assertThat(again.runTimestamp()).isEqualTo(first.runTimestamp());
					assertSound(again);
					assertThat(again.success()).isTrue();
					assertThat(again.records().fetched()).isEqualTo(RECORDS);
					assertWindow(again);
					assertAllDelivered();
				}
			}
			case REPLAY -> {
				if (canReplay(strategy, level)) {
					SyncEvent replay = replay(first);
					assertSound(replay);
					assertThat(replay.success()).isTrue();
					assertAllDelivered();
				}
				else {
					assertThatExceptionOfType(InvalidJobParametersException.class).isThrownBy(() -> replay(first));
				}
				assertWindow(first.success() ? first : before);
			}
		}
	}

	/** Rejects always, scopes where they can be restored. */
	private static boolean canReplay(Strategy strategy, Level level) {
		return level == Level.RECORD || level == Level.SCOPE && strategy.hasScopes;
	}

	private void assertSound(SyncEvent event) {
		assertThat(event.records().addUp()).as("%s", event).isTrue();
		assertThat(event.scopes().done() + event.scopes().failed()).as("%s", event)
			.isLessThanOrEqualTo(event.scopes().total());
		if (event.success()) {
			assertThat(event.records().failed() + event.scopes().failed()).as("%s", event).isZero();
			assertThat(event.scopes().done()).as("%s", event).isEqualTo(event.scopes().total());
		}
		assertThat(this.script.target.size()).as("%s", event).isGreaterThanOrEqualTo((int) event.records().written());
	}

	private void assertWindow(SyncEvent event) {
		assertThat(this.events.lastSuccess(LINK).sync()).isEqualTo(event.runTimestamp());
	}

	private void assertAllDelivered() {
		assertThat(this.script.target.keySet())
			.isEqualTo(IntStream.range(0, RECORDS).filter((id) -> id != 5).boxed().collect(Collectors.toSet()));
	}

	private void script(Strategy strategy) {
		List<String> scopes = IntStream.range(0, RECORDS / SCOPE).mapToObj(String::valueOf).toList();
		this.script.fetch = (source, context, scope) -> (scope != null)
				? Script.records(Integer.parseInt(scope) * SCOPE, (Integer.parseInt(scope) + 1) * SCOPE)
				: Script.records(0, RECORDS);
		this.script.build = (
				rows) -> rows.stream().map((row) -> Script.record(((Number) row.get("ID")).intValue())).toList();
		this.script.plan = (source, context) -> switch (strategy) {
			case IMMEDIATE -> FetchStrategy.immediate();
			case SCOPES -> FetchStrategy.scopes(scopes);
			case DELAY -> FetchStrategy.delay(0, "report");
			case CUMULATIVE_SCOPES -> FetchStrategy.cumulativeScopes(scopes.subList(0, 2), null, "2");
			case LOCATOR -> FetchStrategy.queryLocator("SELECT ID AS \"ID\" FROM PERSON ORDER BY ID");
		};
		this.script.planAgain = (source, context, scope) -> (strategy == Strategy.DELAY) ? FetchStrategy.scopes(scopes)
				: FetchStrategy.cumulativeScopes(scopes.subList(2, 4), null, null);
	}

	private void fail(Strategy strategy, Level level) {
		switch (level) {
			case NONE -> {
			}
			case RECORD -> {
				this.script.marked.addAll(List.of(3, 17));
				this.script.poison.add(28);
			}
			case SCOPE -> {
				Script.Fetch fetch = this.script.fetch;
				this.script.fetch = (source, context, scope) -> fails(scope) ? new BreakingRecords(20, 5)
						: fetch.fetchRecords(source, context, scope);
				this.script.build = (rows) -> {
					throw new IllegalStateException("rows of another shape");
				};
			}
			case SYSTEM -> {
				this.script.planAgain = (source, context, scope) -> {
					throw new IllegalStateException("the report is gone");
				};
				if (strategy != Strategy.DELAY && strategy != Strategy.CUMULATIVE_SCOPES) {
					this.script.plan = (source, context) -> {
						throw new IllegalStateException("no answer");
					};
				}
			}
		}
	}

	private static boolean fails(@Nullable String scope) {
		return scope == null || scope.equals("2");
	}

	enum Strategy {

		IMMEDIATE(false), SCOPES(true), DELAY(true), CUMULATIVE_SCOPES(true), LOCATOR(false);

		private final boolean hasScopes;

		Strategy(boolean hasScopes) {
			this.hasScopes = hasScopes;
		}

	}

	enum Level {

		NONE, RECORD, SCOPE, SYSTEM

	}

	enum Sequel {

		NOTHING, NEXT_RUN, RESTART, REPLAY

	}

}
