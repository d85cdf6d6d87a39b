package io.deltasync;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.deltasync.api.RecordFilter;
import io.deltasync.cli.Commands;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.event.view.Json;
import io.deltasync.link.Links;
import io.deltasync.run.plan.Previews;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Links whose tables are altered between runs and in the middle of one.
 */
@EachDatabase
class ChangedColumnsIT extends JdbcLinks {

	/** What happens before the third batch is written, once. */
	private static final AtomicReference<@Nullable Runnable> MEANWHILE = new AtomicReference<>();

	private static final AtomicInteger BATCHES = new AtomicInteger();

	private static final String NAMES = "'%s' (%s)";

	@BeforeEach
	void makeTables() {
		configure("deltasync.links.people.source.adapter=jdbc", "deltasync.links.people.source.connection=crm",
				"deltasync.links.people.source.table=PERSON", "deltasync.links.people.target.adapter=jdbc",
				"deltasync.links.people.target.connection=warehouse", "deltasync.links.people.target.table=PERSON",
				"deltasync.links.people.batch-size-limit=10", "deltasync.links.people.parallel=false",
				"deltasync.links.people.retry.attempts=1");
		for (JdbcTemplate side : List.of(this.source, this.target)) {
			createTable(side);
		}
		insert(95);
	}

	@Override
	Class<?> beans() {
		return FilteringApplication.class;
	}

	private static void createTable(JdbcTemplate side) {
		side.execute("DROP TABLE IF EXISTS PERSON");
		side.execute("CREATE TABLE PERSON (ID INT NOT NULL PRIMARY KEY, NAME VARCHAR(20), NOTE VARCHAR(30))");
	}

	private void insert(int rows) {
		for (int id = 0; id < rows; id++) {
			this.source.update("INSERT INTO PERSON (ID, NAME) VALUES (?, ?)", id, "name " + id);
		}
	}

	private SyncEvent run() throws Exception {
		return run("people", "DELTA");
	}

	/** Returns what a run has reported of columns. */
	private static List<String> reported(SyncEvent event) {
		return event.warnings().stream().filter((warning) -> warning.startsWith("The columns of the")).toList();
	}

	/** Returns the types of the messages to people. */
	private List<String> notices() {
		return this.application.getBean(JdbcTemplate.class)
			.queryForList("SELECT BODY FROM SYNC_NOTICE ORDER BY ID", String.class)
			.stream()
			.map((body) -> Json.mapper().readTree(body).path("type").asString())
			.toList();
	}

	private static String only(List<String> texts) {
		assertThat(texts).hasSize(1);
		return texts.get(0);
	}

	/** Databases store names in different cases. */
	private static void says(String text, String... words) {
		assertThat(text.toLowerCase(Locale.ROOT))
			.contains(Stream.of(words).map((word) -> word.toLowerCase(Locale.ROOT)).toList());
	}

	private String type(String h2, String mySql, String postgreSql) {
		return switch (this.database) {
			case H2 -> h2;
			case MYSQL, MARIADB -> mySql;
			default -> postgreSql;
		};
	}

	private String text(int length) {
		return type("CHARACTER VARYING", "varchar", "character varying") + "(%d)".formatted(length);
	}

	@Test
	void addedColumnIsReportedUntilARunIsSuccessful() throws Exception {
		configure("deltasync.notifications.channels.ops.webhook-url=http://127.0.0.1:9/",
				"deltasync.notifications.channels.ops.secret=a secret that nobody guesses");
		assertThat(run().warnings()).noneMatch((warning) -> warning.contains("columns"));
		assertThat(reported(run())).isEmpty();
		assertThat(notices()).isEmpty();

		this.source.execute("ALTER TABLE PERSON ADD EXTRA INT");
		String lacking = "'EXTRA' (%s) is new, but the target has no column 'EXTRA': add it there"
			.formatted(type("INTEGER", (this.database == TestDatabase.MARIADB) ? "int(11)" : "int", "integer"));
		says(only(this.application.getBean(Previews.class)
			.check(this.application.getBean(Links.class).get("people"))
			.problems()), "EXTRA");
		SyncEvent aborted = run();
		assertThat(aborted.status()).isEqualTo(Status.ABORTED);
		says(only(reported(aborted)), "The columns of the source", lacking);
		says(only(reported(run())), lacking);
		assertThat(notices()).containsExactly("link.failed", "link.schema");

		this.target.execute("ALTER TABLE PERSON ADD EXTRA INT");
		stop();
		configure("deltasync.links.people.testing=true");
		assertThat(reported(run())).hasSize(2);
		stop();
		configure("deltasync.links.people.testing=false");
		open();
		assertThat(this.application.getBean(Previews.class)
			.check(this.application.getBean(Links.class).get("people"))
			.warnings()).anySatisfy((warning) -> says(warning, "is new and is delivered as 'EXTRA'"));
		SyncEvent success = run();
		assertThat(success.success()).isTrue();
		assertThat(reported(success)).satisfiesExactly(
				(warning) -> says(warning, "source", "is new and is delivered as 'EXTRA'"),
				(warning) -> says(warning, "target", "is new and receives values"));
		assertThat(notices()).endsWith("link.recovered");
		assertThat(reported(run())).isEmpty();
		assertThat(notices()).endsWith("link.recovered", "link.schema.ended");
	}

	@Test
	void renamedDroppedAndRetypedColumnsAreReportedAsWhatTheyAre() throws Exception {
		configure("deltasync.links.people.mapping.select=ID,NAME", "deltasync.links.people.mapping.rename.NAME=NOTE");
		assertThat(run().success()).isTrue();
		this.source.execute("ALTER TABLE PERSON DROP COLUMN NOTE");
		this.source.execute("ALTER TABLE PERSON " + type("ALTER COLUMN NAME", "MODIFY NAME", "ALTER COLUMN NAME TYPE")
				+ " VARCHAR(25)");
		this.source.execute("ALTER TABLE PERSON ADD REMARK VARCHAR(30)");
		this.target.execute("ALTER TABLE PERSON DROP COLUMN NAME");
		SyncEvent success = run();
		assertThat(success.success()).as(success.toString()).isTrue();
		assertThat(reported(success)).satisfiesExactly(
				(warning) -> says(warning, NAMES.formatted("NOTE", text(30)) + " is gone; it was not delivered",
						NAMES.formatted("REMARK", text(30)) + " is new and is not delivered",
						"'NAME' is %s and was %s: values that do not fit".formatted(text(25), text(20))),
				(warning) -> says(warning, "target",
						NAMES.formatted("NAME", text(20)) + " is gone; it received no values"));

		this.source.execute("ALTER TABLE PERSON "
				+ type("ALTER COLUMN NAME RENAME TO", "RENAME COLUMN NAME TO", "RENAME COLUMN NAME TO") + " FULL_NAME");
		SyncEvent aborted = run();
		assertThat(aborted.status()).isEqualTo(Status.ABORTED);
		says(aborted.errors().get(0).message(),
				"the mapping names the property 'NAME', but the source has no such property");
		says(only(reported(aborted)),
				"'NAME' (%s) is gone: 'NOTE' of the target receives no more values".formatted(text(25)),
				"'FULL_NAME' (%s) is new".formatted(text(25)));
	}

	@Test
	void newColumnThatTheSourceLeavesOutIsReportedAsNotDelivered() throws Exception {
		configure("deltasync.links.people.source.columns=ID,NAME", "deltasync.links.people.skip-unchanged=true");
		assertThat(run().success()).isTrue();
		this.source.update("UPDATE PERSON SET NOTE = 'at the source'");
		this.source.execute("ALTER TABLE PERSON ADD REMARK VARCHAR(30)");
		this.source.execute("ALTER TABLE PERSON DROP COLUMN NOTE");

		SyncEvent unchanged = run();

		assertThat(unchanged.success()).as(unchanged.toString()).isTrue();
		assertThat(unchanged.records().ignored()).isEqualTo(95);
		assertThat(reported(unchanged)).singleElement()
			.satisfies((warning) -> says(warning, NAMES.formatted("NOTE", text(30)) + " is gone; it was not delivered",
					NAMES.formatted("REMARK", text(30))
							+ " is new and is not delivered, because the source is configured to leave it out"));
		SyncEvent verified = verify("people");
		assertThat(verified.success()).as(verified.toString()).isTrue();
	}

	@Test
	void storedRejectWithoutAColumnThatIsReadOnlyNowIsFetchedAgain() throws Exception {
		this.target.execute("DROP TABLE PERSON");
		this.target.execute("CREATE TABLE PERSON (ID INT NOT NULL PRIMARY KEY, NAME VARCHAR(8), NOTE VARCHAR(30))");
		this.source.update("INSERT INTO PERSON VALUES (1000, 'a longer name', 'a note')");
		configure("deltasync.links.people.source.columns=ID,NAME");
		SyncEvent failed = run();
		assertThat(failed.records().failed()).isEqualTo(1);
		stop();
		this.target.execute("DROP TABLE PERSON");
		createTable(this.target);
		configure("deltasync.links.people.source.columns=ID,NAME,NOTE",
				"deltasync.links.people.mapping.select=ID,NAME,NOTE");

		SyncEvent replayed = replay(failed);

		assertThat(replayed.success()).isFalse();
		says(replayed.errors().get(0).message(), "the mapping names the property 'NOTE'",
				"stored with the properties that were read when it failed", "'trace people KEY --deliver' fetches");
		assertThat(names(1000)).isEmpty();
		Commands commands = this.application.getBean(Commands.class);
		commands.run(new DefaultApplicationArguments("trace", "people", "1000", "--deliver"));
		assertThat(commands.getExitCode()).isZero();
		assertThat(names(1000)).containsExactly("a longer name, a note");
		assertThat(run().success()).isTrue();
	}

	private List<String> names(int id) {
		return this.target.query("SELECT NAME, NOTE FROM PERSON WHERE ID = " + id,
				(row, number) -> row.getString(1) + ", " + row.getString(2));
	}

	@Test
	void tableThatIsDroppedOrAlteredInTheMiddleOfARunIsNamedWithTheCause() throws Exception {
		// PostgreSQL lets the statement wait for the transaction that reads
		Assumptions.assumeTrue(this.database != TestDatabase.POSTGRESQL);
		configure("deltasync.links.people.filters[0].filter=meanwhile");
		assertThat(reported(runWhile(this.source, "DROP TABLE PERSON", "Reading table 'PERSON' of connection 'crm'")))
			.isEmpty();
		runWhile(this.source, "ALTER TABLE PERSON DROP COLUMN NOTE", "Reading table 'PERSON' of connection 'crm'",
				"NOTE");
		runWhile(this.target, "DROP TABLE PERSON", "Writing to table 'PERSON' of connection 'warehouse' fails");
		runWhile(this.target, "ALTER TABLE PERSON DROP COLUMN NOTE",
				"Writing to table 'PERSON' of connection 'warehouse' fails", "NOTE");
		assertThat(run().success()).isTrue();
	}

	/** Runs the Link, and restores its tables after it has failed. */
	private SyncEvent runWhile(JdbcTemplate side, String statement, String... words) throws Exception {
		BATCHES.set(0);
		MEANWHILE.set(() -> side.execute(statement));
		SyncEvent failed = run();
		assertThat(MEANWHILE.get()).isNull();
		assertThat(failed.success()).isFalse();
		assertThat(failed.records().failed()).as("rejects").isZero();
		assertThat(failed.errors()).isNotEmpty().anySatisfy((error) -> says(error.message(), words));
		createTable(side);
		if (side == this.source) {
			insert(95);
		}
		return failed;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class FilteringApplication {

		@Bean
		@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
		RecordFilter meanwhile() {
			return (context, records) -> {
				Runnable change = (BATCHES.incrementAndGet() == 3) ? MEANWHILE.getAndSet(null) : null;
				if (change != null) {
					change.run();
				}
			};
		}

	}

}
