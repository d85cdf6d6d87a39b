package io.deltasync;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.TargetAdapter;
import io.deltasync.api.TargetAdapterForVerify;
import io.deltasync.config.ExitCode;
import io.deltasync.cli.Commands;
import io.deltasync.event.LoggedRecord;
import io.deltasync.event.LoggedRecord.Outcome;
import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.event.UnverifiableException;
import io.deltasync.run.RunTables;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import io.deltasync.verified.LastVerification;
import io.deltasync.verified.Verification;
import io.deltasync.verified.VerifyResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A verification of two real tables: what was planted is found, and nothing else.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.MARIADB, TestDatabase.MYSQL, TestDatabase.POSTGRESQL })
class VerifyIT extends JdbcLinks {

	private static final int ROWS = 5000;

	@BeforeEach
	void makeTables() {
		String time = (this.database == TestDatabase.MYSQL || this.database == TestDatabase.MARIADB) ? "DATETIME(6)"
				: "TIMESTAMP(6)";
		String table = "CREATE TABLE people (id BIGINT PRIMARY KEY, name VARCHAR(40), email VARCHAR(40), updated_at %s)"
			.formatted(time);
		this.source.execute(table);
		this.target.execute(table);
		String link = "deltasync.links.people.";
		configure(link + "source.adapter=jdbc", link + "source.connection=crm", link + "source.table=people",
				link + "source.delta-column=updated_at", link + "source.overlap=0s", link + "source.zone=UTC",
				link + "target.adapter=jdbc", link + "target.connection=warehouse", link + "target.table=people",
				link + "skip-unchanged=true", link + "deletes=hard", link + "batch-size-limit=200",
				"deltasync.lease=5s");
	}

	private void insert(long from, long to) {
		List<Object[]> rows = LongStream.range(from, to)
			.mapToObj((id) -> new Object[] { id, "name " + id, id + "@example.com",
					LocalDateTime.parse("2026-01-01T10:00:00") })
			.toList();
		this.source.batchUpdate("INSERT INTO people VALUES (?, ?, ?, ?)", rows);
	}

	private Map<Outcome, Set<Long>> logged(SyncEvent event) {
		Map<Outcome, Set<Long>> keys = new TreeMap<>();
		for (LoggedRecord record : this.application.getBean(RunTables.class).log().find(event.id(), 100_000)) {
			keys.computeIfAbsent(record.outcome(), (outcome) -> new TreeSet<>()).add(Long.valueOf(record.key()));
		}
		return keys;
	}

	private static Set<Long> ids(LongPredicate planted) {
		TreeSet<Long> ids = new TreeSet<>();
		LongStream.range(0, ROWS).filter(planted).forEach(ids::add);
		return ids;
	}

	@Test
	void plantedDifferencesAreFoundAndNoOthersWhileTheSourceChanges() throws Exception {
		insert(0, ROWS);
		insert(ROWS, ROWS + 1);
		assertThat(run("people", "DELTA").success()).isTrue();
		plant();
		AtomicBoolean over = new AtomicBoolean();
		ExecutorService threads = Executors.newSingleThreadExecutor();
		Future<?> changing = threads.submit(() -> changeUntil(over));
		SyncEvent event;
		try {
			event = verify("people");
		}
		finally {
			over.set(true);
			changing.get();
			threads.shutdown();
		}

		Verification found = event.verification();
		assertThat(event.mode()).isEqualTo(Mode.VERIFY);
		assertThat(found).as("%s", event).isNotNull();
		assertThat(found.result()).isEqualTo(VerifyResult.NOT_IN_STEP);
		assertThat(event.success()).isFalse();
		Map<Outcome, Set<Long>> logged = logged(event);
		assertThat(logged.get(Outcome.DIFFERENT)).isEqualTo(ids((id) -> id % 20 == 1 || id % 20 == 3));
		Set<Long> missing = ids((id) -> id % 20 == 5);
		LongStream.range(10_000, 10_150).forEach(missing::add);
		assertThat(logged.get(Outcome.MISSING)).isEqualTo(missing);
		assertThat(logged.get(Outcome.GONE)).isEqualTo(ids((id) -> id % 40 == 7));
		assertThat(found.different()).isEqualTo(500);
		assertThat(found.missing()).isEqualTo(400);
		assertThat(found.gone()).isEqualTo(125);
		assertThat(found.others()).isEqualTo(50);
		assertThat(found.pending()).isPositive();
		assertThat(found.fetched()).isEqualTo(found.same() + found.pending() + found.moving() + 900);
		assertThat(this.application.getBean(SyncEvents.class).lastSuccess("people").sync())
			.isNotEqualTo(event.runTimestamp());
		assertThat(this.application.getBean(RunTables.class).log().find(event.id(), 10_000))
			.extracting(LoggedRecord::message)
			.anyMatch((message) -> message.contains("changed at the target since"))
			.anyMatch((message) -> message.contains("deleted at the target since"))
			.anyMatch((message) -> message.contains("the change did not arrive"))
			.anyMatch((message) -> message.contains("it was never delivered"));
		repair();
	}

	private void repair() throws Exception {
		SyncEvent repaired = verify("people", "repair", "true");
		assertThat(repaired.verification().result()).as("%s", repaired).isEqualTo(VerifyResult.REPAIRED);
		assertThat(repaired.verification().repaired()).isEqualTo(900);
		assertThat(repaired.deleted()).isEqualTo(125);
		assertThat(run("people", "DELTA").success()).isTrue();
		SyncEvent proven = verify("people");
		assertThat(proven.success()).as("%s", proven).isTrue();
		assertThat(proven.verification().result()).isEqualTo(VerifyResult.IN_STEP);
		LastVerification last = this.application.getBean(RunTables.class).verifications().find("people").orElseThrow();
		assertThat(last.provenEvent()).isEqualTo(proven.id());
		assertThat(this.target.queryForObject("SELECT COUNT(*) FROM people WHERE id >= 20000", Integer.class))
			.isEqualTo(50);
	}

	private void plant() {
		this.target.update("UPDATE people SET name = 'Eve' WHERE MOD(id, 20) = 1 AND id < " + ROWS);
		this.source.update("UPDATE people SET email = NULL WHERE MOD(id, 20) = 3 AND id < " + ROWS);
		this.target.update("DELETE FROM people WHERE MOD(id, 20) = 5 AND id < " + ROWS);
		insert(10_000, 10_150);
		this.source.update("DELETE FROM people WHERE MOD(id, 40) = 7 AND id < " + ROWS);
		for (int id = 20_000; id < 20_050; id++) {
			this.target.update("INSERT INTO people VALUES (?, 'by hand', NULL, NULL)", id);
		}
		change(9);
	}

	private void change(long id) {
		this.source.update("UPDATE people SET name = ?, updated_at = ? WHERE id = ?", "changed " + System.nanoTime(),
				LocalDateTime.now(ZoneOffset.UTC), id);
	}

	private void changeUntil(AtomicBoolean over) {
		long id = 9;
		while (!over.get()) {
			change(id);
			id = (id + 20) % ROWS;
		}
	}

	@Test
	void aLinkInStepIsProvenInStepByTheCommand() throws Exception {
		insert(0, 1000);
		run("people", "DELTA");

		assertThat(execute("verify", "people", "--settle", "10ms")).isZero();
		assertThat(execute("verify", "people", "--sample", "30", "--json")).isZero();

		this.target.update("UPDATE people SET name = 'Eve' WHERE id = 500");
		assertThat(execute("verify", "people", "--settle", "10ms")).isEqualTo(ExitCode.NOT_SUCCESSFUL.value());
		assertThat(execute("verify", "people", "--settle", "10ms", "--repair"))
			.isEqualTo(ExitCode.NOT_SUCCESSFUL.value());
		assertThat(execute("verify", "people", "--settle", "10ms")).isZero();
		assertThat(execute("verify", "people", "--sample", "0")).isEqualTo(ExitCode.USAGE.value());
	}

	@Test
	void rowsOfScopesThatAreTheSameAreNotLookedUpByTheirKeys() throws Exception {
		assumeThat(this.database).as("H2 tells its statements").isEqualTo(TestDatabase.H2);
		insert(0, 1000);
		run("people", "DELTA");
		this.target.execute("SET QUERY_STATISTICS TRUE");

		assertThat(execute("verify", "people", "--settle", "10ms")).isZero();
		assertThat(lookUps()).isEmpty();

		this.target.update("UPDATE people SET name = 'Eve' WHERE id = 500");
		execute("verify", "people", "--settle", "10ms");
		assertThat(lookUps()).as("of a scope with a difference").isNotEmpty();
	}

	@Test
	void differencesOfScopesThatAreComparedTogetherAreFound() throws Exception {
		configure("deltasync.links.people.lanes=1");
		insert(0, ROWS);
		run("people", "DELTA");
		this.target.update("UPDATE people SET name = 'Eve' WHERE id = 900");
		this.target.update("DELETE FROM people WHERE id = 1399");

		SyncEvent event = verify("people");

		assertThat(event.verification().fetched()).as("%s", event).isEqualTo(ROWS);
		assertThat(event.verification().same()).isEqualTo(ROWS - 2);
		assertThat(logged(event)).isEqualTo(Map.of(Outcome.DIFFERENT, Set.of(900L), Outcome.MISSING, Set.of(1399L)));
	}

	private List<String> lookUps() {
		return this.target.queryForList("""
				SELECT SQL_STATEMENT FROM INFORMATION_SCHEMA.QUERY_STATISTICS
				WHERE SQL_STATEMENT LIKE '%people%' AND SQL_STATEMENT LIKE '% IN%(%'""", String.class);
	}

	@Test
	void aTargetThatCannotBeComparedIsRefusedByTheNameOfTheInterface() {
		configure("deltasync.links.people.target.adapter=collecting", "deltasync.links.people.deletes=off");
		this.properties.removeIf((property) -> property.contains("target.connection"));

		assertThat(execute("verify", "people")).isEqualTo(ExitCode.USAGE.value());
		assertThatExceptionOfType(UnverifiableException.class).isThrownBy(() -> verify("people"))
			.withMessageContaining("Link 'people'")
			.withMessageContaining(TargetAdapterForVerify.class.getName());
		configure("deltasync.links.people.verify.schedule=0 0 4 * * *");
		stop();
		assertThat(catchThrowable(this::open)).rootCause()
			.hasMessageContaining("verify.schedule")
			.hasMessageContaining("TargetAdapterForVerify");
	}

	@Override
	Class<?> beans() {
		return Beans.class;
	}

	private int execute(String... arguments) {
		open();
		Commands commands = this.application.getBean(Commands.class);
		commands.run(new DefaultApplicationArguments(arguments));
		return commands.getExitCode();
	}

	@Test
	void recordsThatWaitAsRejectsAreHeldAndSpoilOnlyAStrictVerification() throws Exception {
		this.target.execute("ALTER TABLE people ADD CONSTRAINT few CHECK (name <> 'bad')");
		insert(0, 10);
		this.source.update("UPDATE people SET name = 'bad' WHERE id = 3");
		run("people", "DELTA");

		SyncEvent event = verify("people");

		assertThat(event.verification().held()).as("%s", event).isEqualTo(1);
		assertThat(event.verification().result()).isEqualTo(VerifyResult.IN_STEP);
		assertThat(verify("people", "strict", "true").verification().result()).isEqualTo(VerifyResult.NOT_IN_STEP);
	}

	@Test
	void aRepairThatTheTargetRefusesLeavesAReject() throws Exception {
		insert(0, 10);
		run("people", "DELTA");
		this.target.update("UPDATE people SET name = 'x' WHERE id = 4");
		this.target.update("DELETE FROM people WHERE id = 5");
		this.target.execute("ALTER TABLE people ADD CONSTRAINT few CHECK (name <> 'name 5')");

		SyncEvent event = verify("people", "repair", "true");

		assertThat(event.verification().repaired())
			.as("%s", this.application.getBean(RunTables.class).log().find(event.id(), 10))
			.isEqualTo(1);
		assertThat(event.verification().missing()).isEqualTo(1);
		assertThat(event.verification().result()).isEqualTo(VerifyResult.NOT_IN_STEP);
		assertThat(this.application.getBean(RunTables.class).rejects().waiting("people", 10)).hasSize(1);
		assertThat(verify("people").verification().held()).isEqualTo(1);
	}

	@Test
	void aRepairDeletesNoMoreThanAFullRunMay() throws Exception {
		configure("deltasync.links.people.max-delete-share=10");
		insert(0, 10);
		run("people", "DELTA");
		this.source.update("DELETE FROM people WHERE id < 5");

		SyncEvent event = verify("people", "repair", "true");

		assertThat(event.verification().gone()).as("%s", event).isEqualTo(5);
		assertThat(event.warnings()).anyMatch((warning) -> warning.contains("--repair --force"));
		assertThat(verify("people", "repair", "true", "force", "true").verification().result())
			.isEqualTo(VerifyResult.REPAIRED);
		assertThat(this.target.queryForObject("SELECT COUNT(*) FROM people", Integer.class)).isEqualTo(5);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Beans {

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		Collecting collecting() {
			return new Collecting();
		}

	}

	static class Collecting implements TargetAdapter {

		@Override
		public int getBatchSizeLimit(LinkContext context) {
			return 100;
		}

		@Override
		public void pushRecords(LinkContext context, List<RecordInFlight> records) {
			throw new IllegalStateException("a verification writes nothing");
		}

	}

}
