package io.deltasync.run.fetch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import com.zaxxer.hikari.HikariDataSource;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForRowPush;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.run.ActiveRuns;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRowSource;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * LOCATOR.
 */
@EachDatabase
class LocatorIT extends ScriptedRuns {

	private static final String ENDLESS = "PERSON a, PERSON b, PERSON c, PERSON d";

	private boolean streams;

	private String slow;

	LocatorIT() {
		super("scriptedRowSource");
	}

	@BeforeParameterizedClassInvocation
	void makeTable() {
		this.streams = this.database != TestDatabase.H2;
		this.slow = "SELECT SUM(MOD(%s, 7)) AS ID FROM %s".formatted(
				this.streams ? "a.ID + b.ID * c.ID + d.ID * e.ID * f.ID" : "X",
				this.streams ? ENDLESS + ", PERSON e, PERSON f" : "SYSTEM_RANGE(1, 100000000000)");
		JdbcTemplate jdbc = this.application.getBean(JdbcTemplate.class);
		jdbc.execute("CREATE TABLE PERSON (ID BIGINT PRIMARY KEY, NICK VARCHAR(20))");
		for (int i = 0; i < 120; i++) {
			jdbc.update("INSERT INTO PERSON VALUES (?, ?)", i, "nick " + i);
		}
	}

	private void buildAll() {
		this.script.build = (rows) -> rows.stream()
			.map((row) -> Script.record(((Number) row.getOrDefault("ID", row.get("id"))).intValue()))
			.collect(Collectors.toList());
	}

	@Test
	void rowsAreFedToTheAdapterInSlicesOfTheBatchSizeLimit() throws Exception {
		this.script.locate = () -> FetchStrategy.queryLocator("SELECT ID, NICK FROM PERSON ORDER BY ID", 120);
		buildAll();
		SyncEvent event = run();
		assertThat(event.success()).isTrue();
		assertThat(event.strategy()).isEqualTo("LOCATOR");
		assertThat(this.script.slices).containsExactly(50, 50, 20);
		assertThat(this.script.target).hasSize(120);
		assertThat(event.expectedTotalRecords()).isEqualTo(120);
	}

	@Test
	void everyRowIsReadWhateverTheSessionsLimits() throws Exception {
		Assumptions.assumeTrue(this.database != TestDatabase.H2, "H2 has no limit of rows");
		String schema = this.database.createSchema();
		boolean postgres = this.database == TestDatabase.POSTGRESQL;
		String limit = postgres ? "&options=-c%20statement_timeout=500"
				: "&sessionVariables=sql_select_limit=3,character_set_results=latin1";
		String query = "SELECT v FROM t" + (postgres ? ", pg_sleep(0.6)" : "");
		try (HikariDataSource pool = new HikariDataSource()) {
			pool.setJdbcUrl(this.database.url(schema) + limit);
			pool.setUsername(this.database.username());
			pool.setMaximumPoolSize(1);
			JdbcTemplate jdbc = new JdbcTemplate(pool);
			jdbc.execute("CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(9))");
			for (int id = 0; id < 10; id++) {
				jdbc.update("INSERT INTO t VALUES (?, '日')", id);
			}
			List<Object> read = new ArrayList<>();
			SourceAdapterForRowPush adapter = new SourceAdapterForRowPush() {

				@Override
				public FetchStrategy planFetch(LinkContext context) {
					throw new UnsupportedOperationException();
				}

				@Override
				public List<RecordInFlight> buildRecords(LinkContext context,
						List<Map<String, @Nullable Object>> slice) {
					return slice.stream().map(RecordInFlight::new).toList();
				}

			};

			try (LocatorRows rows = new LocatorRows(pool, query, adapter, LinkContext.builder().build(),
					Long.MAX_VALUE)) {
				rows.forEach((record) -> read.add(record.get("v")));
			}

			assertThat(read).hasSize(10).containsOnly("日");
			assertThat(jdbc.queryForObject(postgres ? "SHOW statement_timeout" : "SELECT @@sql_select_limit",
					String.class))
				.isEqualTo(postgres ? "500ms" : "3");
		}
		this.database.dropSchema(schema);
	}

	@Test
	void adapterMayBuildFewerRecordsThanThereAreRows() throws Exception {
		this.script.locate = () -> FetchStrategy.locator("SELECT ID FROM PERSON ORDER BY ID");
		this.script.build = (rows) -> (this.script.slices.size() == 2) ? List.of()
				: List.<RecordInFlight>of(Script.record(this.script.slices.size()));
		SyncEvent event = run();
		assertThat(event.success()).isTrue();
		assertThat(event.records().written()).isEqualTo(2);
	}

	@Test
	void syntaxErrorInTheQueryAbortsAndNamesAdapterAndQuery() throws Exception {
		this.script.locate = () -> FetchStrategy.queryLocator("SELEKT ID FROM PERSON");
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains("Link 'people'", ScriptedRowSource.class.getName(),
				"SELEKT ID FROM PERSON");
	}

	@Test
	void longQueryIsShownByItsBeginningOnOneLine() throws Exception {
		this.script.locate = () -> FetchStrategy
			.queryLocator("SELECT ID,\n\t" + "NICK, ".repeat(2000) + "NOT_THERE\nFROM PERSON");
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		String message = event.errors().get(0).message();
		assertThat(message).contains("Link 'people'", "Correct the query: SELECT ID, NICK, NICK, ")
			.endsWith("…")
			.doesNotContain("\n", "\t")
			.hasSizeLessThan(1000);
		assertThat(message.substring(message.indexOf("Correct the query: ")).length()).isLessThan(220);
	}

	@Test
	void buildRecordsThatThrowsFailsTheFetchAndARestartRunsTheQueryFromItsStart() throws Exception {
		this.script.locate = () -> FetchStrategy.queryLocator("SELECT ID FROM PERSON ORDER BY ID");
		buildAll();
		Script.Build build = this.script.build;
		this.script.build = (rows) -> {
			if (this.script.slices.size() == 2) {
				throw new IllegalStateException("cannot build");
			}
			return build.build(rows);
		};
		SyncEvent failed = run();
		assertThat(failed.success()).isFalse();
		assertThat(failed.errors().get(0).message()).contains("buildRecords", "cannot build");
		this.script.build = build;
		SyncEvent restarted = restart(failed);
		assertThat(restarted.success()).isTrue();
		assertThat(restarted.records().written()).isEqualTo(120);
	}

	@Test
	void strategyThatNeedsFetchRecordsIsAPlanningError() throws Exception {
		this.script.locate = FetchStrategy::immediate;
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains("IMMEDIATE", "SourceAdapterForPull",
				ScriptedRowSource.class.getName());
	}

	/**
	 * Drivers that stream read the rest of the rows when these are closed: with as many
	 * as here that takes hours.
	 */
	@Test
	void stopDoesNotReadTheRestOfTheQuery() throws Exception {
		Assumptions.assumeTrue(this.streams);
		this.script.locate = () -> FetchStrategy.queryLocator("SELECT a.ID, REPEAT('x', 1000) AS TEXT FROM " + ENDLESS);
		this.script.build = (rows) -> {
			this.application.getBean(ActiveRuns.class).find(LINK).orElseThrow().requestStop();
			return List.of(Script.record(1));
		};
		assertThat(runAside().get(1, TimeUnit.MINUTES).status()).isEqualTo(Status.STOPPED);
	}

	@Test
	void stopEndsAQueryThatHasNotAnsweredYet() throws Exception {
		this.script.locate = () -> FetchStrategy.queryLocator(this.slow);
		CompletableFuture<SyncEvent> running = runAside();
		await(() -> this.events.newest(LINK).filter((event) -> event.status() == Status.FETCHING).isPresent());
		this.operator.stop(execution(this.events.newest(LINK).orElseThrow()));
		assertThat(running.get(1, TimeUnit.MINUTES).status()).isEqualTo(Status.STOPPED);
	}

	@Test
	void queryCannotWriteWhereTheDriverTellsTheServer() throws Exception {
		Assumptions.assumeTrue(this.database == TestDatabase.MYSQL || this.database == TestDatabase.POSTGRESQL);
		String query = (this.database == TestDatabase.MYSQL) ? "SELECT @@transaction_read_only AS RO"
				: "SELECT CASE current_setting('transaction_read_only') WHEN 'on' THEN 1 ELSE 0 END AS \"RO\"";
		List<Object> readOnly = new ArrayList<>();
		this.script.locate = () -> FetchStrategy.queryLocator(query);
		this.script.build = (rows) -> {
			readOnly.add(rows.get(0).get("RO"));
			return List.of(Script.record(1));
		};
		assertThat(run().success()).isTrue();
		assertThat(readOnly).hasToString("[1]");
		assertThat(this.application.getBean(JdbcTemplate.class).queryForObject(query, Integer.class)).isZero();
	}

}
