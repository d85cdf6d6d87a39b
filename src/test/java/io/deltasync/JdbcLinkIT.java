package io.deltasync;

import java.net.InetSocketAddress;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLTimeoutException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.deltasync.api.AbortRunException;
import io.deltasync.config.ConfigurationException;
import io.deltasync.event.LinkChangedException;
import io.deltasync.event.Mode;
import io.deltasync.event.RunRefusedException;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.event.SyncEvents;
import io.deltasync.link.Link;
import io.deltasync.link.Links;
import io.deltasync.run.plan.LinkCheck;
import io.deltasync.run.plan.Previews;
import io.deltasync.scope.RecordCounts;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TcpProxy;
import io.deltasync.testing.TestDatabase;
import org.h2.api.Trigger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A Link from database to database as an application runs it: source, target and
 * JobRepository on the same kind of database.
 */
@EachDatabase(value = { TestDatabase.H2, TestDatabase.MARIADB, TestDatabase.MYSQL }, sampled = true)
class JdbcLinkIT extends JdbcLinks {

	@BeforeEach
	void makeTables() {
		configure("deltasync.lease=5s", "deltasync.links.customers.source.adapter=jdbc",
				"deltasync.links.customers.source.connection=crm", "deltasync.links.customers.source.table=customer",
				"deltasync.links.customers.source.delta-column=updated_at",
				"deltasync.links.customers.source.overlap=0s", "deltasync.links.customers.target.adapter=jdbc",
				"deltasync.links.customers.target.connection=warehouse",
				"deltasync.links.customers.target.table=customer", "deltasync.links.customers.batch-size-limit=10");
		createTable(this.source, "customer");
		createTable(this.target, "customer");
	}

	private void createTable(JdbcTemplate database, String table) {
		database.execute("CREATE TABLE %s (%s BIGINT NOT NULL PRIMARY KEY, %s VARCHAR(20), %s %s)".formatted(
				name(table), name("id"), name("name"), name("updated_at"),
				(this.database == TestDatabase.H2) ? "TIMESTAMP(6)" : "DATETIME(6)"));
	}

	private static String schema(JdbcTemplate database) {
		return Objects.requireNonNull(database.queryForObject("SELECT SCHEMA()", String.class));
	}

	private String name(String identifier) {
		return (this.database == TestDatabase.H2) ? '"' + identifier + '"' : '`' + identifier + '`';
	}

	private void insert(int from, int to, String updatedAt) {
		List<Object[]> rows = new ArrayList<>();
		for (int id = from; id < to; id++) {
			rows.add(new Object[] { id, "name " + id, LocalDateTime.parse(updatedAt) });
		}
		this.source.batchUpdate("INSERT INTO %s VALUES (?, ?, ?)".formatted(name("customer")), rows);
	}

	private LinkCheck check() {
		open();
		return this.application.getBean(Previews.class).check(this.application.getBean(Links.class).get("customers"));
	}

	private SyncEvent run(String mode) throws Exception {
		return run("customers", mode);
	}

	private List<Map<String, Object>> rows(JdbcTemplate database) {
		return database.queryForList("SELECT * FROM %s ORDER BY %s".formatted(name("customer"), name("id")));
	}

	@Test
	void firstRunCopiesEverythingAndTheNextOnlyChanges() throws Exception {
		insert(0, 95, "2026-01-01T10:00:00.123456");
		SyncEvent first = run("DELTA");
		assertThat(first.success()).isTrue();
		assertThat(first.strategy()).isEqualTo("SCOPES");
		assertThat(first.expectedTotalRecords()).isEqualTo(95);
		assertThat(first.records().written()).isEqualTo(95);
		assertThat(rows(this.target)).isEqualTo(rows(this.source));

		assertThat(run("DELTA").strategy()).isEqualTo("NO_RECORDS");

		this.source.update(
				"UPDATE %s SET %s = ?, %s = ? WHERE %s IN (3, 70)".formatted(name("customer"), name("name"),
						name("updated_at"), name("id")),
				"changed", LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS));
		SyncEvent delta = run("DELTA");
		assertThat(delta.records().written()).isEqualTo(2);
		assertThat(delta.strategy()).isEqualTo("IMMEDIATE");
		assertThat(rows(this.target)).isEqualTo(rows(this.source));
	}

	@Test
	void windowThatWasSetBackTakesPrecedenceOverTheCursor() throws Exception {
		insert(0, 10, "2026-01-01T10:00:00");
		insert(10, 25, "2026-01-02T10:00:00");
		run("DELTA");
		assertThat(run("DELTA").strategy()).isEqualTo("NO_RECORDS");
		this.application.getBean(JobOperator.class)
			.start(this.application.getBeanProvider(Job.class).iterator().next(),
					new JobParametersBuilder().addString("mode", "SET", false)
						.addString("setTo", "2026-01-02T00:00:00Z", false)
						.toJobParameters());

		SyncEvent delta = run("DELTA");

		assertThat(delta.records().written()).isEqualTo(15);
		assertThat(delta.cursorAfter()).startsWith("time:updated_at:");
		assertThat(run("DELTA").strategy()).isEqualTo("NO_RECORDS");
	}

	@Test
	void fullRunCopiesEverythingAgain() throws Exception {
		insert(0, 25, "2026-01-01T10:00:00");
		run("DELTA");
		SyncEvent full = run("FULL");
		assertThat(full.records().written()).isEqualTo(25);
		assertThat(rows(this.target)).isEqualTo(rows(this.source));
	}

	@Test
	void unchangedRecordsAreNotWrittenAndMissingOnesAreDeletedByTheKeyOfTheTarget() throws Exception {
		this.target.execute("DROP TABLE " + name("customer"));
		this.target.execute("CREATE TABLE %s (%s VARCHAR(20) NOT NULL PRIMARY KEY, %s VARCHAR(20), %s %s)".formatted(
				name("customer"), name("number"), name("name"), name("updated_at"),
				(this.database == TestDatabase.H2) ? "TIMESTAMP(6)" : "DATETIME(6)"));
		configure("deltasync.links.customers.skip-unchanged=true", "deltasync.links.customers.deletes=hard",
				"deltasync.links.customers.mapping.rename.id=number",
				"deltasync.links.customers.mapping.types.number=text");
		insert(0, 40, "2026-01-01T10:00:00.123456");
		run("DELTA");
		this.source.update("DELETE FROM %s WHERE %s IN (3, 30)".formatted(name("customer"), name("id")));
		this.source
			.update("UPDATE %s SET %s = 'new' WHERE %s = 4".formatted(name("customer"), name("name"), name("id")));

		SyncEvent full = run("FULL");

		assertThat(full.success()).as(full.toString()).isTrue();
		assertThat(full.records()).isEqualTo(new RecordCounts(38, 1, 0, 0, 0, 37, 0, 0));
		assertThat(full.deleted()).isEqualTo(2);
		assertThat(this.target.queryForList("SELECT %s FROM %s WHERE %s IN ('3', '30', '4')".formatted(name("name"),
				name("customer"), name("number")), String.class))
			.containsExactly("new");
		assertThat(run("FULL").records().ignored()).isEqualTo(38);
	}

	@Test
	void missingRecordsAreMarkedIfTheTargetKeepsThem() throws Exception {
		this.target.execute("DROP TABLE " + name("customer"));
		this.target
			.execute("CREATE TABLE %s (%s BIGINT NOT NULL PRIMARY KEY, %s VARCHAR(20) NOT NULL, %s BOOLEAN NOT NULL)"
				.formatted(name("customer"), name("id"), name("name"), name("gone")));
		configure("deltasync.links.customers.deletes=soft", "deltasync.links.customers.soft-delete.gone=true",
				"deltasync.links.customers.mapping.select=id,name",
				"deltasync.links.customers.mapping.constants.gone=false",
				"deltasync.links.customers.mapping.types.gone=boolean");
		insert(0, 40, "2026-01-01T10:00:00");
		run("DELTA");
		this.source.update("DELETE FROM %s WHERE %s = 3".formatted(name("customer"), name("id")));

		SyncEvent full = run("FULL");

		assertThat(full.success()).as(full.toString()).isTrue();
		assertThat(this.target.queryForList("SELECT * FROM %s WHERE %s".formatted(name("customer"), name("gone"))))
			.singleElement()
			.satisfies((row) -> assertThat(row).containsEntry("id", 3L).containsEntry("name", "name 3"));
		assertThat(rows(this.target)).hasSize(40);
	}

	@Test
	void testingRunLeavesTheTargetAsItIs() throws Exception {
		configure("deltasync.links.customers.testing=true");
		insert(0, 40, "2026-01-01T10:00:00");
		SyncEvent event = run("DELTA");
		assertThat(event.success()).isTrue();
		assertThat(event.records().written()).isEqualTo(40);
		assertThat(rows(this.target)).isEmpty();
		assertThat(this.application.getBean(SyncEvents.class).lastSuccess("customers").sync()).isNull();
	}

	@Test
	void emptyTableIsNoRecordsAndMovesTheWindow() throws Exception {
		SyncEvent event = run("DELTA");
		assertThat(event.success()).isTrue();
		assertThat(event.strategy()).isEqualTo("NO_RECORDS");
		assertThat(event.cursorAfter()).startsWith("time:updated_at:");
	}

	@Test
	void valueTooLongForTheTargetFailsItsRecordAloneAndHoldsTheWindow() throws Exception {
		insert(0, 30, "2026-01-01T10:00:00");
		this.source.execute("ALTER TABLE %s %s".formatted(name("customer"), (this.database == TestDatabase.H2)
				? "ALTER COLUMN \"name\" VARCHAR(100)" : "MODIFY `name` VARCHAR(100)"));
		this.source.update("UPDATE %s SET %s = ? WHERE %s = 17".formatted(name("customer"), name("name"), name("id")),
				"much too long for the column of the target");
		SyncEvent event = run("DELTA");
		assertThat(event.status()).isEqualTo(Status.COMPLETED);
		assertThat(event.success()).isFalse();
		assertThat(event.records().written()).isEqualTo(29);
		assertThat(event.errors()).singleElement().satisfies((failure) -> {
			assertThat(failure.key()).isEqualTo("17");
			assertThat(failure.message()).contains("name").doesNotContain("much too long for the column");
		});
		assertThat(this.application.getBean(SyncEvents.class).lastSuccess("customers").sync()).isNull();
	}

	@Test
	void rowsThatSwapAUniqueValueInDifferentBatchesArriveInTheSameRun() throws Exception {
		this.target.execute("CREATE UNIQUE INDEX by_name ON %s (%s)".formatted(name("customer"), name("name")));
		insert(0, 95, "2026-01-01T10:00:00");
		assertThat(run("FULL").success()).isTrue();
		for (String[] change : new String[][] { { "name 90", "1" }, { "name 1", "90" }, { "name 60", "2" },
				{ "name 33", "60" }, { "name 200", "33" } }) {
			this.source.update(
					"UPDATE %s SET %s = ? WHERE %s = ?".formatted(name("customer"), name("name"), name("id")),
					(Object[]) change);
		}

		SyncEvent event = run("FULL");

		assertThat(event.errors()).isEmpty();
		assertThat(event.success()).as(event.toString()).isTrue();
		assertThat(event.records().fetched()).isEqualTo(95);
		assertThat(event.records().written()).isEqualTo(95);
		assertThat(event.records().failed()).isZero();
		assertThat(rows(this.target)).isEqualTo(rows(this.source));
	}

	@Test
	void rowThatHoldsAUniqueValueIsNamedInTheEvent() throws Exception {
		this.target.execute("CREATE UNIQUE INDEX by_name ON %s (%s)".formatted(name("customer"), name("name")));
		this.target.update("INSERT INTO %s VALUES (1000, 'name 7', NULL)".formatted(name("customer")));
		insert(0, 20, "2026-01-01T10:00:00");

		SyncEvent event = run("DELTA");

		assertThat(event.status()).isEqualTo(Status.COMPLETED);
		assertThat(event.success()).isFalse();
		assertThat(event.records().fetched()).isEqualTo(20);
		assertThat(event.records().written()).isEqualTo(19);
		assertThat(event.records().failed()).isOne();
		assertThat(event.errors()).singleElement()
			.satisfies((failure) -> assertThat(failure.message())
				.contains("the row with id = 1000 has name = name 7 already"));
	}

	@Test
	void targetThatTakesNoRecordAbortsTheRunAndRejectsNone() throws Exception {
		Assumptions.assumeTrue(this.database != TestDatabase.H2, "H2 has no sessions that only read");
		String variable = (this.database == TestDatabase.MYSQL) ? "transaction_read_only" : "tx_read_only";
		String url = this.properties.stream()
			.filter((property) -> property.startsWith("deltasync.connections.warehouse.url="))
			.findFirst()
			.orElseThrow();
		configure(url + "&sessionVariables=%s=1".formatted(variable), "deltasync.links.customers.quarantine-after=1");
		insert(0, 20, "2026-01-01T10:00:00");

		SyncEvent event = run("DELTA");

		assertAborted(event, "Writing to table 'customer' of connection 'warehouse' fails, whatever the record");
		assertThat(event.records().failed()).isZero();
		assertThat(run("DELTA").status()).isEqualTo(Status.ABORTED);
	}

	@Test
	void unknownTablesAreNamedWithTheLinkAndNothingIsDelivered() throws Exception {
		configure("deltasync.links.customers.source.table=custommer");
		SyncEvent event = run("DELTA");
		assertAborted(event, "Link 'customers'", "custommer", "customer", "crm");
	}

	@Test
	void unknownTargetTableAbortsBeforeTheSourceIsAsked() throws Exception {
		insert(0, 5, "2026-01-01T10:00:00");
		configure("deltasync.links.customers.target.table=kunde");
		SyncEvent event = run("DELTA");
		assertAborted(event, "Link 'customers'", "kunde", "warehouse");
		assertThat(event.strategy()).isNull();
	}

	@Test
	void unknownDeltaColumnIsNamedWithTheColumnsThereAre() throws Exception {
		configure("deltasync.links.customers.source.delta-column=modified");
		assertAborted(run("DELTA"), "Link 'customers'", "modified", "updated_at");
	}

	@Test
	void keyThatIsNotUniqueIsRefused() throws Exception {
		configure("deltasync.links.customers.source.key=name");
		assertAborted(run("DELTA"), "Link 'customers'", "name", "unique");
	}

	@Test
	void keyOfTheTargetThatIsNotUniqueIsRefused() throws Exception {
		configure("deltasync.links.customers.target.key=name");
		assertAborted(run("DELTA"), "Link 'customers'", "name", "key", "warehouse");
	}

	@Test
	void columnThatTheTargetLacksAbortsWithTheRemedy() throws Exception {
		insert(0, 25, "2026-01-01T10:00:00");
		configure("deltasync.links.customers.mapping.rename.name=full_name");
		SyncEvent event = run("DELTA");
		assertAborted(event, "Link 'customers'", "full_name", "mapping");
		assertThat(rows(this.target)).isEmpty();
	}

	@Test
	void checkAcceptsALinkThatCanRunAndCopiesNothing() {
		insert(0, 25, "2026-01-01T10:00:00");
		LinkCheck check = check();
		assertThat(check.problems()).isEmpty();
		assertThat(this.application.getBean(SyncEvents.class).newest("customers", 1)).isEmpty();
		assertThat(rows(this.target)).isEmpty();
	}

	@Test
	void checkFindsMistakesAtSourceAndTarget() {
		configure("deltasync.links.customers.source.delta-column=modified",
				"deltasync.links.customers.target.table=kunde");
		LinkCheck check = check();
		assertThat(check.problems()).hasSize(2);
		assertThat(check.problems().get(0)).startsWith("target: ").contains("kunde", "warehouse");
		assertThat(check.problems().get(1)).startsWith("source: ").contains("modified", "updated_at");
		assertThat(check.unavailable()).isFalse();
	}

	@Test
	void checkFindsAMappingThatDoesNotFitTheColumns() {
		configure("deltasync.links.customers.mapping.rename.nmae=full_name",
				"deltasync.links.customers.mapping.rename.di=number");
		assertThat(check().problems()).singleElement()
			.asString()
			.startsWith("mapping: ")
			.contains("'nmae'", "did you mean 'name'?", "'di'");
		stop();
		this.properties.removeIf((property) -> property.contains("rename"));
		configure("deltasync.links.customers.mapping.rename.name=full_name");
		assertThat(check().problems()).singleElement().asString().contains("full_name", "customer", "warehouse");
	}

	@Test
	void checkDistinguishesAnUnavailableSystemFromAMistake() {
		configure("deltasync.connections.crm.url=jdbc:mariadb://127.0.0.1:1/nowhere?connectTimeout=500");
		LinkCheck check = check();
		assertThat(check.problems()).singleElement().asString().startsWith("source: ").contains("crm");
		assertThat(check.unavailable()).isTrue();
	}

	@Test
	void mappingFindsColumnsInAnyCaseAsTheTargetDoes() throws Exception {
		insert(0, 3, "2026-01-01T10:00:00");
		configure("deltasync.links.customers.mapping.types.NAME=text", "deltasync.links.customers.mapping.select[0]=ID",
				"deltasync.links.customers.mapping.select[1]=NAME");
		assertThat(check().problems()).isEmpty();
		assertThat(run("DELTA").success()).isTrue();
		assertThat(rows(this.target)).extracting((row) -> row.get("name"))
			.containsExactly("name 0", "name 1", "name 2");
	}

	@Test
	void wrongPasswordAbortsAndIsNotShown() throws Exception {
		Assumptions.assumeFalse(this.database == TestDatabase.MARIADB,
				"the MariaDB server of the tests checks no passwords");
		if (this.database == TestDatabase.MYSQL) {
			configure("deltasync.connections.crm.url=" + this.database.url("x").replaceFirst("user=[^&]*&?", ""));
		}
		configure("deltasync.connections.crm.username=nobody", "deltasync.connections.crm.password=s3cret");
		SyncEvent event = run("DELTA");
		assertAborted(event, "Link 'customers'", "crm");
		assertThat(event.errors().toString()).doesNotContain("s3cret");
	}

	@Test
	void unreachableSourceAborts() throws Exception {
		configure("deltasync.connections.crm.url=jdbc:mariadb://127.0.0.1:1/nowhere?connectTimeout=500");
		SyncEvent event = run("DELTA");
		assertAborted(event, "Link 'customers'", "crm");
	}

	@Test
	void allErrorsOfTheConfigurationAreReportedAtOnce() {
		configure("deltasync.links.customers.source.adapter=jdbcc", "deltasync.links.customers.target.tabel=x",
				"deltasync.links.customers.batch-size-limit=0",
				"deltasync.links.customers.target.connection=wherehouse");
		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> {
			try {
				run("DELTA");
			}
			catch (BeanCreationException ex) {
				throw ex.getMostSpecificCause();
			}
		})
			.withMessageContaining("deltasync.links.customers.source.adapter")
			.withMessageContaining("deltasync.links.customers.target.tabel")
			.withMessageContaining("deltasync.links.customers.batch-size-limit")
			.withMessageContaining("wherehouse");
	}

	@Test
	void oneRowThatCannotBeReadFailsAlone() throws Exception {
		Assumptions.assumeTrue(this.database != TestDatabase.H2, "H2 has no dates of zeros");
		insert(0, 2, "2026-01-01T10:00:00");
		this.source.execute((Connection session) -> {
			session.createStatement().execute("SET sql_mode = ''");
			return session.createStatement().execute("INSERT INTO customer VALUES (2, 'zero', '0000-00-00')");
		});
		SyncEvent failed = run("DELTA");
		assertThat(failed.status()).as(failed.toString()).isEqualTo(Status.COMPLETED);
		assertThat(failed.success()).isFalse();
		assertThat(failed.records().written()).isEqualTo(2);
		assertThat(failed.records().failed()).isEqualTo(1);
		assertThat(rows(this.target)).hasSize(2);
		JdbcTemplate repository = this.application.getBean(JdbcTemplate.class);
		assertThat(repository.queryForMap("SELECT RECORD_KEY, MESSAGE FROM SYNC_REJECT"))
			.containsEntry("RECORD_KEY", "2")
			.extractingByKey("MESSAGE")
			.asString()
			.contains("Column 'updated_at' (datetime(6)) cannot be read: Zero date", "correct the row at the source");
		this.source.update("UPDATE customer SET updated_at = NULL WHERE id = 2");
		SyncEvent next = run("DELTA");
		assertThat(next.windowStart()).isNull();
		assertThat(next.success()).isTrue();
		assertThat(rows(this.target)).isEqualTo(rows(this.source));
	}

	@Test
	void rowsWhoseParentsComeLaterAreWrittenInTheSameRunWhicheverOrderTheyHave() throws Exception {
		for (JdbcTemplate side : List.of(this.source, this.target)) {
			side.execute("ALTER TABLE %s ADD %s BIGINT".formatted(name("customer"), name("parent")));
		}
		this.target.execute("ALTER TABLE %s ADD CONSTRAINT of_parent FOREIGN KEY (%s) REFERENCES %1$s (%s)"
			.formatted(name("customer"), name("parent"), name("id")));
		List<Object[]> rows = new ArrayList<>();
		for (int id = 0; id < 40; id++) {
			// 3 needs 13, that 23, that 33, and that 39
			rows.add(new Object[] { id, (id % 10 != 3) ? null : (id < 33) ? id + 10 : 39 });
		}
		this.source.batchUpdate(
				"INSERT INTO %s (%s, %s) VALUES (?, ?)".formatted(name("customer"), name("id"), name("parent")), rows);
		configure("deltasync.links.customers.lanes=1");

		SyncEvent event = run("DELTA");

		assertThat(event.success()).as(event.toString()).isTrue();
		assertThat(event.records().written()).isEqualTo(40);
		assertThat(rows(this.target)).isEqualTo(rows(this.source));
		this.source
			.update("UPDATE %s SET %s = 777 WHERE %s = 13".formatted(name("customer"), name("parent"), name("id")));
		SyncEvent orphan = run("FULL");
		assertThat(orphan.records().failed()).as("its parent does not come").isEqualTo(1);
		assertThat(orphan.success()).isFalse();
	}

	@Test
	void laneTakesNoConnectionThatAnotherNeedsToContinue() throws Exception {
		createTable(this.source, "copy");
		this.source.execute("CREATE TRIGGER slow BEFORE INSERT ON %s FOR EACH ROW %s".formatted(name("copy"),
				(this.database == TestDatabase.H2) ? "CALL '" + SlowRow.class.getName() + "'" : "DO SLEEP(0.05)"));
		configure("deltasync.links.customers.target.connection=crm", "deltasync.links.customers.target.table=copy",
				"deltasync.links.customers.lanes=4", "deltasync.connections.crm.pool-size=2",
				"deltasync.connections.crm.connection-timeout=250ms", "deltasync.links.customers.retry.attempts=1");
		insert(0, 40, "2026-01-01T10:00:00");

		SyncEvent event = run("DELTA");

		assertThat(event.success()).as(event.toString()).isTrue();
		assertThat(event.records().written()).isEqualTo(40);
	}

	/** A batch takes longer than a connection is waited for. */
	public static final class SlowRow implements Trigger {

		@Override
		public void fire(Connection connection, Object[] before, Object[] after) {
			LockSupport.parkNanos(50_000_000);
		}

	}

	/**
	 * A source whose machine stands still, as a firewall makes it seem that drops a
	 * session.
	 */
	@Test
	void stopEndsAReadThatWaitsForAServerThatDoesNotAnswer() throws Exception {
		Assumptions.assumeTrue(this.database != TestDatabase.H2);
		try (TcpProxy proxy = behindProxy("crm")) {
			insert(0, 95, "2026-01-01T10:00:00");
			this.source.execute("ALTER TABLE customer ADD COLUMN text TEXT");
			this.target.execute("ALTER TABLE customer ADD COLUMN text TEXT");
			this.source.update("UPDATE customer SET text = REPEAT('x', 20000)");
			proxy.freezeAfter(1_000_000);
			CompletableFuture<SyncEvent> running = start("DELTA");
			proxy.awaitFrozen();
			stopNewest();

			SyncEvent stopped = running.get(1, TimeUnit.MINUTES);
			assertThat(stopped.status()).as(stopped.toString()).isEqualTo(Status.STOPPED);
			assertThat(stopped.scopes().failed()).isZero();
			assertThat(stopped.records().failed()).isZero();
			assertThat(stopped.records().written()).isLessThan(95);
			proxy.thaw();
			assertThat(run("DELTA").success()).isTrue();
			assertThat(rows(this.target)).isEqualTo(rows(this.source));
		}
	}

	/** Also for the other commands that ask both ends before anything is read. */
	@Test
	void serverThatDoesNotAnswerHoldsNoLinkBeforeItsRunIsStored() throws Exception {
		Assumptions.assumeTrue(this.database != TestDatabase.H2);
		try (TcpProxy proxy = behindProxy("crm")) {
			insert(0, 5, "2026-01-01T10:00:00");
			open();
			Link link = this.application.getBean(Links.class).get("customers");
			Previews previews = this.application.getBean(Previews.class);
			proxy.freezeAt("customer");
			CompletableFuture<SyncEvent> running = start("DELTA");
			proxy.awaitFrozen();
			CompletableFuture<LinkCheck> check = CompletableFuture.supplyAsync(() -> previews.check(link));
			CompletableFuture<Throwable> preview = CompletableFuture
				.supplyAsync(() -> catchThrowable(() -> previews.preview(link, Mode.DELTA)));

			String unanswered = "the source %s has not answered within 20 s".formatted(link.identity().source());
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> running.get(1, TimeUnit.MINUTES))
				.havingRootCause()
				.withMessageContaining("has not answered");
			assertThat(catchThrowable(running::get)).hasRootCauseInstanceOf(SQLTimeoutException.class)
				.hasStackTraceContaining("Link 'customers': " + unanswered);
			assertThat(this.application.getBean(SyncEvents.class).newest("customers")).isEmpty();
			assertThat(check.get(1, TimeUnit.MINUTES).unavailable()).isTrue();
			assertThat(check.get().problems()).singleElement().asString().contains("has not answered within 20 s");
			assertThat(preview.get(1, TimeUnit.MINUTES)).isInstanceOf(AbortRunException.class)
				.hasMessageContaining("has not answered within 20 s");
			proxy.thaw();
			assertThat(run("DELTA").success()).isTrue();
		}
	}

	@Test
	void stopEndsAPlanningQueryThatWaitsForALock() throws Exception {
		Assumptions.assumeTrue(this.database != TestDatabase.H2);
		insert(0, 5, "2026-01-01T10:00:00");
		try (Connection other = this.source.getDataSource().getConnection()) {
			other.createStatement().execute("LOCK TABLES customer WRITE");
			CompletableFuture<SyncEvent> running = start("DELTA");
			awaitQuery(other, "%FROM%customer%");
			stopNewest();

			SyncEvent stopped = running.get(1, TimeUnit.MINUTES);
			assertThat(stopped.status()).as(stopped.toString()).isEqualTo(Status.STOPPED);
			other.createStatement().execute("UNLOCK TABLES");
		}
		assertThat(run("DELTA").success()).isTrue();
		assertThat(rows(this.target)).isEqualTo(rows(this.source));
	}

	private CompletableFuture<SyncEvent> start(String mode) {
		open();
		return CompletableFuture.supplyAsync(() -> {
			try {
				return run(mode);
			}
			catch (Exception ex) {
				throw new CompletionException(ex);
			}
		});
	}

	private void stopNewest() throws Exception {
		SyncEvents events = this.application.getBean(SyncEvents.class);
		long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
		// what a run is checked for before it is stored, asks for the tables as well
		while (events.newest("customers").isEmpty()) {
			assertThat(System.nanoTime()).as("no run is stored").isLessThan(deadline);
			LockSupport.parkNanos(20_000_000);
		}
		SyncEvent newest = events.newest("customers").orElseThrow();
		this.application.getBean(JobOperator.class)
			.stop(this.application.getBean(JobRepository.class)
				.getJobExecution(newest.attempts().get(0).jobExecutionId()));
	}

	/** Waits until somebody else's query waits for what this session has locked. */
	private static void awaitQuery(Connection session, String like) throws Exception {
		String waiting = "SELECT 1 FROM INFORMATION_SCHEMA.PROCESSLIST WHERE DB = DATABASE() AND ID <> CONNECTION_ID()"
				+ " AND COMMAND IN ('Query', 'Execute') AND INFO LIKE '%s'".formatted(like);
		long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
		while (!session.createStatement().executeQuery(waiting).next()) {
			assertThat(System.nanoTime()).as("no query waits").isLessThan(deadline);
			LockSupport.parkNanos(20_000_000);
		}
	}

	/** Lets a connection go through a proxy. */
	private TcpProxy behindProxy(String connection) {
		String url = this.properties.stream()
			.filter((property) -> property.startsWith("deltasync.connections." + connection + ".url="))
			.map((property) -> property.substring(property.indexOf('=') + 1))
			.findFirst()
			.orElseThrow();
		URI server = URI.create(url.substring("jdbc:".length()));
		TcpProxy proxy = new TcpProxy(new InetSocketAddress(server.getHost(), server.getPort()));
		configure("deltasync.connections.%s.url=%s".formatted(connection,
				url.replace(server.getHost() + ":" + server.getPort(), "127.0.0.1:" + proxy.port())));
		return proxy;
	}

	@Test
	void otherTableOrDatabaseRefusesADeltaAndIsFilledByAFullRun() throws Exception {
		configure("deltasync.links.customers.skip-unchanged=true");
		insert(0, 20, "2026-01-01T10:00:00");
		run("DELTA");
		stop();
		this.target = connection("warehouse");
		createTable(this.target, "customer");
		assertThatExceptionOfType(LinkChangedException.class).isThrownBy(() -> run("DELTA"))
			.withMessageContaining("the target is")
			.withMessageContaining("run customers --full");
		assertThat(check().problems()).singleElement()
			.asString()
			.startsWith("window: ")
			.contains("the target is", "run customers --full");
		assertThat(run("FULL").records().written()).isEqualTo(20);
		assertThat(rows(this.target)).hasSize(20);
		assertThat(run("DELTA").success()).isTrue();
		stop();
		createTable(this.source, "client");
		configure("deltasync.links.customers.source.table=client");
		assertThatExceptionOfType(LinkChangedException.class).isThrownBy(() -> run("DELTA"))
			.withMessageContaining("the source is");
		configure("deltasync.links.customers.source.table=customer",
				"deltasync.links.customers.source.delta-column=id");
		stop();
		assertThatExceptionOfType(LinkChangedException.class).isThrownBy(() -> run("DELTA"))
			.withMessageContaining("the delta column is 'id' and was 'updated_at'");
	}

	@Test
	void deltaColumnThatTheServerFillsInAnotherZoneRefusesTheStart() throws Exception {
		insert(0, 20, "2026-01-01T10:00:00");
		String clock = (this.database == TestDatabase.H2) ? "LOCALTIMESTAMP(6)" : "CURRENT_TIMESTAMP(6)";
		this.source.execute("ALTER TABLE %s ADD %s %s DEFAULT %s".formatted(name("customer"), name("modified"),
				(this.database == TestDatabase.H2) ? "TIMESTAMP(6)" : "DATETIME(6)", clock));
		configure("deltasync.links.customers.source.delta-column=modified",
				"deltasync.links.customers.mapping.select[0]=id", "deltasync.links.customers.source.zone=Asia/Tokyo");

		assertThatExceptionOfType(RunRefusedException.class).isThrownBy(() -> run("DELTA"))
			.withMessageContaining("Link 'customers': Column")
			.withMessageContaining("Asia/Tokyo");
		assertThat(this.application.getBean(SyncEvents.class).newest("customers", 5)).isEmpty();
		assertThat(check().problems()).singleElement().asString().contains("Asia/Tokyo");
		Link link = this.application.getBean(Links.class).get("customers");
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> this.application.getBean(Previews.class).preview(link, Mode.DELTA))
			.withCauseInstanceOf(RunRefusedException.class);
		String zone = (this.database == TestDatabase.H2) ? ZoneId.systemDefault().getId() : "-08:00";
		configure("deltasync.links.customers.source.zone=" + zone);
		stop();
		assertThat(run("DELTA").success()).isTrue();
	}

	@Test
	void sameTableAsSourceAndTargetCausesAWarning() throws Exception {
		configure("deltasync.links.customers.target.connection=crm");
		insert(0, 5, "2026-01-01T10:00:00");

		assertThat(run("DELTA").warnings()).anyMatch((warning) -> warning.contains("are the same"));
		assertThat(check().warnings()).anyMatch((warning) -> warning.contains("are the same"));
	}

	@Test
	void sameTablesUnderOtherNamesAndSettingsKeepTheWindow() throws Exception {
		configure("deltasync.links.customers.skip-unchanged=true", "deltasync.links.customers.deletes=hard");
		insert(0, 20, "2026-01-01T10:00:00");
		run("DELTA");
		stop();
		this.properties.replaceAll((property) -> property.replace("connections.warehouse.", "connections.dwh."));
		configure("deltasync.links.customers.target.connection=dwh", "deltasync.links.customers.target.batch-size=7",
				"deltasync.links.customers.source.fetch-size=3", "deltasync.links.customers.source.overlap=2m",
				"deltasync.links.customers.source.table=" + schema(this.source) + ".customer");
		if (this.database == TestDatabase.MYSQL) {
			configure("deltasync.links.customers.target.bulk=true");
		}
		this.source.update("DELETE FROM %s WHERE %s = 3".formatted(name("customer"), name("id")));

		assertThat(run("DELTA").success()).isTrue();
		SyncEvent full = run("FULL");

		assertThat(full.records()).isEqualTo(new RecordCounts(19, 0, 0, 0, 0, 19, 0, 0));
		assertThat(full.deleted()).isEqualTo(1);
		assertThat(rows(this.target)).isEqualTo(rows(this.source));
	}

	@Test
	void changedMappingCausesAWarningUntilAFullRunSucceeds() throws Exception {
		configure("deltasync.links.customers.mapping.select=id,updated_at");
		insert(0, 20, "2026-01-01T10:00:00");
		assertThat(run("DELTA").warnings()).isEmpty();
		stop();
		configure("deltasync.links.customers.mapping.select=id,updated_at,name");
		assertThat(run("DELTA").warnings()).anySatisfy((warning) -> assertThat(warning)
			.contains("mapping or the filters have changed", "run customers --full"));
		SyncEvent again = run("DELTA");
		assertThat(again.success()).isTrue();
		assertThat(again.warnings()).isNotEmpty();
		assertThat(run("FULL").warnings()).isEmpty();
		assertThat(rows(this.target)).isEqualTo(rows(this.source));
		assertThat(run("DELTA").warnings()).isEmpty();
	}

	@Test
	void columnsAddedToSourceAndTargetCauseAWarningUntilAFullRunSucceeds() throws Exception {
		insert(0, 20, "2026-01-01T10:00:00");
		assertThat(run("DELTA").warnings()).isEmpty();
		assertThat(run("DELTA").warnings()).isEmpty();
		stop();
		for (JdbcTemplate side : List.of(this.source, this.target)) {
			side.execute("ALTER TABLE %s ADD %s INT DEFAULT 7".formatted(name("customer"), name("rank_no")));
		}
		assertThat(run("DELTA").warnings()).hasSize(3)
			.first()
			.asString()
			.contains("properties", "run customers --full");
		SyncEvent again = run("DELTA");
		assertThat(again.success()).isTrue();
		assertThat(again.warnings()).hasSize(1);
		assertThat(run("FULL").warnings()).isEmpty();
		assertThat(run("DELTA").warnings()).isEmpty();
	}

	private void assertAborted(SyncEvent event, String... words) {
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.success()).isFalse();
		assertThat(event.records().written()).isZero();
		assertThat(event.errors()).isNotEmpty();
		assertThat(Arrays.asList(words))
			.allSatisfy((word) -> assertThat(event.errors().get(0).message()).contains(word));
		assertThat(this.application.getBean(SyncEvents.class).lastSuccess("customers").sync()).isNull();
	}

}
