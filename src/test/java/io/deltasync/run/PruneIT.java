package io.deltasync.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.deltasync.api.LinkContext;
import io.deltasync.audit.AuditLog;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.event.Watermark;
import io.deltasync.event.retention.EventRemovals;
import io.deltasync.event.retention.LinkRemoval;
import io.deltasync.event.retention.Prune;
import io.deltasync.event.retention.Pruned;
import io.deltasync.lease.Lease;
import io.deltasync.lease.Leases;
import io.deltasync.lease.LinkBusyException;
import io.deltasync.link.Retention;
import io.deltasync.reject.Rejects;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What is removed when it is over, and what never is.
 */
@EachDatabase
class PruneIT extends ScriptedRuns {

	private static final Retention RETENTION = new Retention(Duration.ofDays(90), Duration.ofDays(60),
			Duration.ofDays(7), Duration.ofDays(7));

	private TransactionTemplate transaction;

	private Rejects rejects;

	private JdbcTemplate jdbc;

	PruneIT() {
		super("scriptedSource", "deltasync.links.people.logging=all");
	}

	@BeforeEach
	void find() {
		this.transaction = this.application.getBean(RunTransactions.class).template();
		this.rejects = this.application.getBean(RunTables.class).rejects();
		this.jdbc = this.application.getBean(JdbcTemplate.class);
	}

	@Test
	void windowIsUnchangedAfterPruning() throws Exception {
		scopes(2, 5);
		SyncEvent first = run();
		SyncEvent success = run();
		this.script.poison.add(7);
		SyncEvent failed = run();
		SyncEvent newest = run();
		Watermark before = this.events.lastSuccess(LINK);

		assertThat(prune(100, false).events()).isEqualTo(2);

		assertThat(this.events.find(first.id())).isEmpty();
		assertThat(this.events.find(failed.id())).isEmpty();
		assertThat(this.events.newest(LINK, 10)).extracting(SyncEvent::id).containsExactly(newest.id(), success.id());
		assertThat(this.events.lastSuccess(LINK)).isEqualTo(before);
		assertThat(this.rejects.waiting(LINK, 10)).hasSize(1);
		for (String table : List.of("BATCH_JOB_INSTANCE", "BATCH_JOB_EXECUTION", "BATCH_JOB_EXECUTION_CONTEXT",
				"SYNC_PLAN")) {
			assertThat(count(table)).as(table).isEqualTo(2);
		}
		assertThat(count("BATCH_STEP_EXECUTION_CONTEXT")).isEqualTo(count("BATCH_STEP_EXECUTION"));
		assertThat(restart(newest).windowStart()).isEqualTo(success.runTimestamp());
		this.script.poison.clear();
		SyncEvent next = run();
		assertThat(next.windowStart()).isEqualTo(success.runTimestamp());
		assertThat(next.success()).isTrue();
	}

	@Test
	void nothingIsLeftOfALinkThatIsForgotten() throws Exception {
		scopes(2, 5);
		this.script.poison.add(7);
		run();
		this.script.poison.clear();
		run();
		this.jdbc.update("INSERT INTO BATCH_JOB_INSTANCE VALUES (999, 0, ?, '0123456789abcdef0123456789abcdef')", LINK);
		LinkRemoval removal = new LinkRemoval(this.jdbc, this.database.product(), this.transaction,
				this.application.getBean(Leases.class));

		LinkRemoval.Forgotten forgotten = removal.forget(LINK);

		assertThat(forgotten.events()).isEqualTo(2);
		assertThat(forgotten.rejects()).isOne();
		assertThat(this.jdbc.queryForList("SELECT JOB_INSTANCE_ID FROM BATCH_JOB_INSTANCE", Long.class))
			.as("a job of the application with the same name")
			.containsExactly(999L);
		for (String table : tablesWithLinks()) {
			assertThat(this.jdbc.queryForObject("SELECT COUNT(*) FROM %s WHERE LINK = ?".formatted(table), Long.class,
					LINK))
				.as(table)
				.isEqualTo(table.equals("SYNC_LEASE") ? 1 : 0);
		}
		this.jdbc.update("DELETE FROM BATCH_JOB_INSTANCE WHERE JOB_INSTANCE_ID = 999");
		assertThat(run().windowStart()).isNull();
	}

	@Test
	void aLinkThatRunsIsNotForgotten() throws Exception {
		Leases leases = this.application.getBean(Leases.class);
		LinkRemoval removal = new LinkRemoval(this.jdbc, this.database.product(), this.transaction, leases);
		try (Lease lease = leases.acquire(LINK)) {
			assertThat(lease.link()).isEqualTo(LINK);
			assertThatExceptionOfType(LinkBusyException.class).isThrownBy(() -> removal.forget(LINK));
		}
	}

	private List<String> tablesWithLinks() {
		return this.jdbc.queryForList("""
				SELECT UPPER(TABLE_NAME) FROM INFORMATION_SCHEMA.COLUMNS WHERE UPPER(COLUMN_NAME) = 'LINK'
				AND TABLE_SCHEMA = %s AND UPPER(TABLE_NAME) LIKE 'SYNC%%'"""
			.formatted((this.database == TestDatabase.POSTGRESQL) ? "CURRENT_SCHEMA" : "SCHEMA()"), String.class);
	}

	@Test
	void newestSuccessIsKnownAfterPruningHoweverOftenAPersonSetTheWindowSince() throws Exception {
		scopes(2, 5);
		SyncEvent success = run();
		for (String from : List.of("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z")) {
			this.operator.start(this.job,
					new JobParametersBuilder().addString("mode", "SET", false)
						.addString("setTo", from, false)
						.toJobParameters());
		}
		breaking("0");
		run();
		run();
		prune(100, false);
		assertThat(this.events.newestSuccess(LINK)).isEqualTo(success.runTimestamp());
		assertThat(this.events.lastSuccess(LINK).sync()).isEqualTo(Instant.parse("2026-01-03T00:00:00Z"));
	}

	@Test
	void nothingIsRemovedBeforeItsTime() throws Exception {
		scopes(2, 5);
		run();
		run();
		assertThat(prune(6, false)).isEqualTo(new Pruned(false, 0, 0, 0, 0, 0, 0));
	}

	@Test
	void dryRunReportsWhatWouldBeRemoved() throws Exception {
		scopes(2, 5);
		this.script.poison.add(7);
		run();
		this.script.poison.clear();
		run();
		run();
		Pruned told = prune(100, true);
		assertThat(told.events()).isEqualTo(2);
		assertThat(told.rejects()).isEqualTo(1);
		assertThat(count("BATCH_JOB_INSTANCE")).isEqualTo(3);
		assertThat(count("SYNC_REJECT")).isEqualTo(1);
		assertThat(told.scopePages()).isEqualTo(6);
		assertThat(prune(100, false)).isEqualTo(new Pruned(false, 2, 1, 6, 0, 0, 0));
		assertThat(prune(100, true)).isEqualTo(new Pruned(true, 0, 0, 0, 0, 0, 0));
	}

	@Test
	void runThatSeemsToBeRunningIsNotRemoved() throws Exception {
		SyncEvent running = run();
		run();
		run();
		kill(running);
		assertThat(prune(100, false).events()).isEqualTo(1);
		assertThat(this.events.find(running.id())).isPresent();
	}

	@Test
	void eventThatIsBeingReplayedStays() throws Exception {
		scopes(2, 5);
		Script.Fetch fetch = breaking("1");
		SyncEvent failed = run();
		List<Pruned> pruned = new ArrayList<>();
		this.script.fetch = (source, context, scope) -> {
			pruned.add(prune(100, false));
			return fetch.fetchRecords(source, context, scope);
		};
		assertThat(replay(failed).success()).isTrue();
		assertThat(pruned).extracting(Pruned::events).containsExactly(0L);
		assertThat(this.events.find(failed.id())).isPresent();
		this.script.fetch = fetch;
		run();
		assertThat(prune(100, false).events()).isEqualTo(2);
	}

	@Test
	void replayWhoseEventIsRemovedAnywayIsAbortedAndLosesNothing() throws Exception {
		scopes(3, 5);
		Script.Fetch fetch = breaking("1", "2");
		this.script.poison.add(3);
		SyncEvent failed = run();
		this.script.fetch = fetch;
		this.script.poison.clear();
		this.script.beforeLimit = () -> assertThatIllegalStateException()
			.isThrownBy(() -> EventRemovals.remove(failed, this.jdbc, this.database.product(), dyingIn(2).template()))
			.withMessage("killed");

		SyncEvent replay = replay(failed);

		assertThat(replay.status()).isEqualTo(Status.ABORTED);
		assertThat(replay.errors()).singleElement()
			.satisfies((error) -> assertThat(error.message()).contains("event " + failed.id(), "has been removed"));
		assertThat(this.rejects.waiting(LINK, 10)).hasSize(1);
		assertThat(this.events.lastSuccess(LINK)).isEqualTo(Watermark.NONE);
		this.script.beforeLimit = () -> {
		};
		assertThat(run().records().written()).isEqualTo(15);
		assertThat(this.rejects.waiting(LINK, 10)).isEmpty();
	}

	@Test
	void partlyRemovedEventIsInvisibleUntilTheRestIsRemoved() throws Exception {
		scopes(2, 5);
		SyncEvent first = run();
		run();
		assertThatIllegalStateException()
			.isThrownBy(() -> EventRemovals.remove(first, this.jdbc, this.database.product(), dyingIn(1).template()));
		assertThat(this.events.find(first.id())).isEmpty();
		assertThat(this.events.newest(LINK, 10)).hasSize(1);
		assertThat(count("SYNC_PLAN")).isEqualTo(2);
		assertThat(prune(100, false).events()).isEqualTo(1);
		assertThat(count("SYNC_PLAN")).isEqualTo(1);
		assertThat(count("BATCH_JOB_INSTANCE")).isEqualTo(1);
	}

	@Test
	void deliveryIndexOutlivesTheEvents() throws Exception {
		run();
		run();
		this.jdbc.update(
				"""
						INSERT INTO SYNC_DELIVERED_ROW (LINK, ROW_ID, SOURCE_ID, TARGET_ID, CONTENT_ID, VERSION, LAST_EVENT, LAST_RUN)
						VALUES ('people', '1', '1', 'target', 'content', 1, ?, 1)""",
				this.events.newest(LINK, 2).get(1).id());
		assertThat(prune(100, false).events()).isEqualTo(1);
		assertThat(count("SYNC_DELIVERED_ROW")).isEqualTo(1);
	}

	@Test
	void scopesOfSuccessfulRunsGoFirstAndThoseOfOthersStay() throws Exception {
		scopes(40, 5);
		SyncEvent success = run();
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			if (scope.equals("3")) {
				throw new IllegalStateException("no");
			}
			return fetch.fetchRecords(source, context, scope);
		};
		SyncEvent failed = run();
		long pages = count("SYNC_SCOPE_PAGE");

		long removed = prune(8, false).scopePages();

		assertThat(removed).isPositive().isEqualTo(pages - count("SYNC_SCOPE_PAGE"));
		assertThat(this.events.find(success.id())).hasValue(success);
		this.script.fetch = fetch;
		SyncEvent restarted = restart(failed);
		assertThat(restarted.success()).isTrue();
		assertThat(restarted.records().fetched()).isEqualTo(200);
	}

	@Test
	void scopesOfFailedRunsGoOnceALaterRunHasFetchedTheirWindow() throws Exception {
		scopes(40, 5);
		Script.Fetch fetch = breaking("3");
		SyncEvent failed = run();
		SyncEvent failedToo = run();
		long pages = count("SYNC_SCOPE_PAGE");
		assertThat(prune(8, false).scopePages()).as("both can be replayed").isZero();
		this.script.fetch = fetch;
		assertThat(run().success()).isTrue();
		breaking("3");
		SyncEvent newest = run();

		assertThat(prune(6, false).scopePages()).as("before their time").isZero();
		assertThat(prune(8, false).scopePages()).isGreaterThan(pages);
		assertThat(this.jdbc.queryForList("SELECT DISTINCT JOB_INSTANCE_ID FROM SYNC_SCOPE_PAGE", Long.class))
			.containsExactly(newest.id());
		assertThat(this.events.find(failed.id())).hasValue(failed);
		assertThat(this.events.find(failedToo.id())).hasValue(failedToo);
		this.script.fetch = fetch;
		assertThat(restart(newest).success()).isTrue();
	}

	@Test
	void scopesOfAFailedFullRunStayWhileOnlyDeltasSucceed() throws Exception {
		scopes(40, 5);
		assertThat(run().success()).isTrue();
		Script.Fetch fetch = breaking("3");
		SyncEvent full = run("FULL");
		this.script.fetch = fetch;
		assertThat(run().success()).isTrue();
		assertThat(run().success()).isTrue();

		prune(8, false);

		assertThat(this.jdbc.queryForList("SELECT DISTINCT JOB_INSTANCE_ID FROM SYNC_SCOPE_PAGE", Long.class))
			.containsExactly(full.id());
		assertThat(replay(full).success()).isTrue();
	}

	@Test
	void successThatTheSourceHasNotBeenNotifiedOfStays() throws Exception {
		scopes(1, 5);
		this.script.beforeSuccess = (context) -> {
			throw new IllegalStateException("cannot be told");
		};
		SyncEvent owed = run();
		this.script.beforeSuccess = (context) -> {
			if (context.runTimestamp().equals(owed.runTimestamp())) {
				throw new IllegalStateException("cannot be told");
			}
		};
		SyncEvent told = run();
		SyncEvent newest = run();
		assertThat(prune(100, true).events()).isEqualTo(1);
		assertThat(prune(100, false).events()).isEqualTo(1);
		assertThat(this.events.find(told.id())).isEmpty();
		assertThat(this.events.newest(LINK, 10)).extracting(SyncEvent::id).containsExactly(newest.id(), owed.id());
		this.script.beforeSuccess = (context) -> {
		};
		run();
		assertThat(this.script.succeeded).extracting(LinkContext::runTimestamp).contains(owed.runTimestamp());
		prune(100, false);
		assertThat(this.events.find(owed.id())).isEmpty();
	}

	@Test
	void eventsThatAreTooYoungAreNotLookedAt() throws Exception {
		scopes(3, 5);
		SyncEvent old = run();
		SyncEvent young = run();
		List<Object[]> rows = IntStream.range(0, 200)
			.mapToObj((run) -> new Object[] { young.id() + 1 + run, LINK, "2099-01-01T08:00:00.%06dZ".formatted(run) })
			.toList();
		this.jdbc.batchUpdate(
				"INSERT INTO BATCH_JOB_INSTANCE (JOB_INSTANCE_ID, VERSION, JOB_NAME, JOB_KEY) VALUES (?, 0, ?, ?)",
				rows);
		this.jdbc.batchUpdate(
				"INSERT INTO SYNC_SCOPE_PAGE (JOB_INSTANCE_ID, PAGE, SCOPES, SCOPE_COUNT) VALUES (?, 0, '[]', 1)",
				rows.stream().map((row) -> new Object[] { row[0] }).toList());
		AtomicInteger queries = new AtomicInteger();
		JdbcTemplate counting = new JdbcTemplate(this.jdbc.getDataSource()) {
			@Override
			public <T> T query(PreparedStatementCreator statement, @Nullable PreparedStatementSetter setter,
					ResultSetExtractor<T> extractor) {
				queries.incrementAndGet();
				return super.query(statement, setter, extractor);
			}
		};
		InstantSource later = () -> Instant.now().plus(Duration.ofDays(8));
		Pruned pruned = new Prune(counting, this.database.product(), this.transaction, this.events, later)
			.prune(List.of(LINK), RETENTION, false);
		assertThat(pruned.scopePages()).isPositive();
		assertThat(this.jdbc.queryForList("SELECT DISTINCT JOB_INSTANCE_ID FROM SYNC_SCOPE_PAGE", Long.class))
			.hasSize(200)
			.doesNotContain(old.id(), young.id());
		assertThat(queries).hasValueLessThan(50);
		this.jdbc.update("DELETE FROM BATCH_JOB_INSTANCE WHERE JOB_INSTANCE_ID > ?", young.id());
	}

	@Test
	void waitingRejectsStayAndClosedOnesAreRemoved() throws Exception {
		scopes(1, 5);
		this.script.poison.addAll(List.of(1, 2, 3));
		run();
		this.script.poison.removeAll(List.of(1, 2));
		run();
		assertThat(prune(59, false).rejects()).isZero();
		assertThat(prune(61, false).rejects()).isEqualTo(2);
		assertThat(this.rejects.waiting(LINK, 10)).singleElement()
			.satisfies((reject) -> assertThat(reject.key()).isEqualTo("3"));
	}

	@Test
	void longEventsAndManyEventsAreRemovedInParts() throws Exception {
		scopes(2, 700);
		run();
		run();
		assertThat(count("SYNC_RECORD_LOG")).isEqualTo(2800);
		this.jdbc.batchUpdate(
				"INSERT INTO BATCH_JOB_INSTANCE (JOB_INSTANCE_ID, VERSION, JOB_NAME, JOB_KEY) VALUES (?, 0, ?, ?)",
				IntStream.range(0, 250)
					.mapToObj((run) -> new Object[] { -1 - run, LINK, "2026-01-01T08:00:00.%06dZ".formatted(run) })
					.toList());
		assertThat(prune(100, false).events()).isEqualTo(251);
		assertThat(count("SYNC_RECORD_LOG")).isEqualTo(1400);
		assertThat(count("BATCH_JOB_INSTANCE")).isEqualTo(1);
	}

	@Test
	void entriesOfTheAuditLogAreRemovedInPartsWhenTheyAreAsOldAsEvents() {
		AuditLog audit = new AuditLog(this.jdbc, InstantSource.system());
		IntStream.range(0, 1201).forEach((number) -> audit.add("ann", "run", LINK, null, null, null));
		AuditLog later = new AuditLog(this.jdbc, () -> Instant.now().plus(Duration.ofDays(5)));
		later.add("ann", "pause", LINK, null, null, null);

		assertThat(prune(89, false).auditEntries()).isZero();
		assertThat(prune(91, true).auditEntries()).isEqualTo(1201);
		assertThat(count("SYNC_AUDIT")).isEqualTo(1202);

		assertThat(prune(91, false).auditEntries()).isEqualTo(1201);

		assertThat(audit.newest(Long.MAX_VALUE, 10)).singleElement()
			.satisfies((entry) -> assertThat(entry.action()).isEqualTo("pause"));
	}

	private Pruned prune(int daysLater, boolean dryRun) {
		InstantSource later = () -> Instant.now().plus(Duration.ofDays(daysLater));
		return new Prune(this.jdbc, this.database.product(), this.transaction, this.events, later).prune(List.of(LINK),
				RETENTION, dryRun);
	}

	private long count(String table) {
		return this.jdbc.queryForObject("SELECT COUNT(*) FROM " + table, Long.class);
	}

}
