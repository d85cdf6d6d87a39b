package io.deltasync.schema;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForPull;
import io.deltasync.api.SourceAdapterScopeSerializer;
import io.deltasync.api.TargetAdapter;
import io.deltasync.config.LaunchException;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.event.SyncEvents;
import io.deltasync.lease.DatabaseClock;
import io.deltasync.lease.LinkBusyException;
import io.deltasync.scope.IgnoredReason;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeCounts;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.UnexpectedJobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.infrastructure.support.DatabaseType;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tables that were made by the version before, while it is at work, and by a later one.
 */
@EachDatabase(value = { TestDatabase.H2, TestDatabase.MARIADB, TestDatabase.MYSQL, TestDatabase.POSTGRESQL,
		TestDatabase.POSTGRESQL_OLDEST }, sampled = true)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SchemaIT {

	private static final String LINK = "people";

	/** Of the run in {@link #RUN_IN_FLIGHT}. */
	private static final long EVENT = 1;

	/** The tables of the version of DeltaSync before this one. */
	private static final String BEFORE = "3";

	/** What that version would leave: four of six scopes are through. */
	private static final String RUN_IN_FLIGHT = "io/deltasync/run-in-flight-" + BEFORE + ".sql";

	@Parameter
	private TestDatabase database;

	private final List<ConfigurableApplicationContext> applications = new ArrayList<>();

	private final Fetched fetched = new Fetched(Collections.synchronizedSet(new TreeSet<>()));

	private String schema;

	private DataSource dataSource;

	private JdbcTemplate jdbc;

	/** Raises Spring Batch's next id of an instance or execution. */
	private String idsBegin(String table, long next) {
		return ((this.database == TestDatabase.MYSQL) ? "UPDATE %s_SEQ SET ID = %d"
				: "ALTER SEQUENCE %s_SEQ RESTART WITH %d")
			.formatted(table, next);
	}

	@BeforeEach
	void createSchema() {
		this.schema = this.database.createSchema();
		this.dataSource = this.database.dataSource(this.schema);
		this.jdbc = new JdbcTemplate(this.dataSource);
	}

	@AfterEach
	void stop() {
		this.applications.forEach(ConfigurableApplicationContext::close);
		this.database.dropSchema(this.schema);
	}

	/** As {@link Schema} does. */
	private FluentConfiguration migrations() {
		DatabaseType type = (this.database.product() == Product.POSTGRESQL) ? DatabaseType.POSTGRES
				: DatabaseType.valueOf(this.database.name());
		return Flyway.configure()
			.dataSource(this.dataSource)
			.table("deltasync_schema_history")
			.baselineVersion("0")
			.locations("classpath:io/deltasync/db/migration/" + this.database.product().name().toLowerCase(Locale.ROOT))
			.javaMigrations(new V1__spring_batch(type));
	}

	/** What Spring Batch calls the database. */
	private String batchName() {
		return (this.database.product() == Product.POSTGRESQL) ? "postgresql" : this.database.toString();
	}

	private List<MigrationVersion> versions() {
		return Arrays.stream(migrations().load().info().all()).map(MigrationInfo::getVersion).toList();
	}

	private void migrate(MigrationVersion version) {
		migrations().target(version).load().migrate();
	}

	private void leaveARunInFlight(LocalDateTime leaseUntil) {
		assumeTrue(this.database.product() != Product.POSTGRESQL, "there was no version before");
		migrate(MigrationVersion.fromVersion(BEFORE));
		new ResourceDatabasePopulator(new ClassPathResource(RUN_IN_FLIGHT)).execute(this.dataSource);
		for (String table : List.of("BATCH_JOB_INSTANCE", "BATCH_JOB_EXECUTION", "BATCH_STEP_EXECUTION")) {
			this.jdbc.execute(idsBegin(table, 100));
		}
		this.jdbc.update("UPDATE SYNC_LEASE SET EXPIRES_AT = ?", leaseUntil);
	}

	private LocalDateTime now() {
		return LocalDateTime.ofInstant(new DatabaseClock(this.jdbc, this.database.product()).instant(), ZoneOffset.UTC);
	}

	private ConfigurableApplicationContext startApplication() {
		List<String> properties = new ArrayList<>(List.of("spring.datasource.url=" + this.database.url(this.schema),
				"logging.level.root=WARN", "logging.level.org.springframework.batch=OFF", "spring.main.banner-mode=off",
				"deltasync.links.people.lanes=2", "deltasync.links.people.source.adapter=scopedSource",
				"deltasync.links.people.source.table=person", "deltasync.links.people.target.adapter=openTarget",
				"deltasync.links.people.target.table=contact"));
		if (this.database.username() != null) {
			properties.add("spring.datasource.username=" + this.database.username());
			properties.add("spring.datasource.password=");
		}
		ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.initializers((context) -> context.getBeanFactory().registerSingleton("fetched", this.fetched))
			.properties(properties.toArray(String[]::new))
			.run();
		synchronized (this.applications) {
			this.applications.add(application);
		}
		return application;
	}

	private static SyncEvent run(ConfigurableApplicationContext application) throws Exception {
		JobExecution execution = application.getBean(JobOperator.class)
			.start(application.getBean(JobRegistry.class).getJob(LINK), new JobParameters());
		return event(application, execution.getJobInstanceId());
	}

	private static SyncEvent event(ConfigurableApplicationContext application, long id) {
		return application.getBean(SyncEvents.class).find(id).orElseThrow();
	}

	private static JobExecution execution(ConfigurableApplicationContext application) {
		return application.getBean(JobRepository.class).getJobExecution(EVENT);
	}

	@Test
	void runOfThePreviousVersionContinuesDuringMigration() throws Exception {
		leaveARunInFlight(now().plusHours(1));
		Map<String, List<Map<String, Object>>> before = rows();
		ConfigurableApplicationContext application = startApplication();
		assertThat(migrations().load().info().pending()).isEmpty();
		assertThat(rows()).containsAllEntriesOf(before);
		assertThat(event(application, EVENT).status()).isEqualTo(Status.FETCHING);
		assertThat(event(application, EVENT).records().written()).isEqualTo(50);
		assertThatExceptionOfType(LinkBusyException.class).isThrownBy(() -> run(application))
			.withMessageContaining("(event " + EVENT + ")");
		assertThatExceptionOfType(UnexpectedJobExecutionException.class)
			.isThrownBy(() -> application.getBean(JobOperator.class).recover(execution(application)));
		assertThat(rows()).as("nor do refused starts touch it").containsAllEntriesOf(before);
		assertThat(
				this.jdbc.update("UPDATE SYNC_LEASE SET EXPIRES_AT = ? WHERE LINK = ? AND TOKEN = ? AND EXPIRES_AT > ?",
						now().plusHours(2), LINK, 1, now()))
			.as("it renews its lease")
			.isOne();
		assertThat(this.jdbc.update("""
				UPDATE SYNC_SCOPE_PAGE SET SCOPES_PASSED = 1, FETCHED = FETCHED + 10, WRITTEN = WRITTEN + 10
				WHERE JOB_INSTANCE_ID = ? AND PAGE = ?""", EVENT, 3)).as("it stores its progress").isOne();
		assertThat(event(application, EVENT).records().written()).isEqualTo(60);
	}

	@Test
	void crashedRunOfThePreviousVersionIsRecoveredWithoutLoss() throws Exception {
		leaveARunInFlight(now());
		ConfigurableApplicationContext application = startApplication();
		assertThat(event(application, EVENT).status()).isEqualTo(Status.CRASHED);
		JobOperator operator = application.getBean(JobOperator.class);
		operator.restart(operator.recover(execution(application)));
		SyncEvent restarted = event(application, EVENT);
		assertThat(restarted.success()).as(restarted.toString()).isTrue();
		assertThat(restarted.attempts()).hasSize(2);
		assertThat(this.fetched.scopes()).as("only what is left").containsExactly("0", "3");
		assertThat(restarted.scopes()).isEqualTo(new ScopeCounts(6, 6, 0));
		assertThat(restarted.records()).isEqualTo(new RecordCounts(60, 60, 0, 0, 0, 0, 0, 0));
		SyncEvent next = run(application);
		assertThat(next.success()).as(next.toString()).isTrue();
		assertThat(next.windowStart()).isEqualTo(restarted.runTimestamp());
	}

	@Test
	void runAfterACrashedRunOfThePreviousVersionFetchesItsWindowAgain() throws Exception {
		leaveARunInFlight(now());
		SyncEvent next = run(startApplication());
		assertThat(next.id()).isNotEqualTo(EVENT);
		assertThat(next.success()).as(next.toString()).isTrue();
		assertThat(next.windowStart()).isNull();
		assertThat(this.fetched.scopes()).hasSize(6);
	}

	@Test
	void whatARunCountedApartFromItsScopesStaysCountedWhenTheTablesAreMigrated() throws Exception {
		leaveARunInFlight(now());
		migrate(MigrationVersion.fromVersion("13"));
		storeApartFromScopes();
		ConfigurableApplicationContext application = startApplication();

		SyncEvent migrated = event(application, EVENT);

		assertThat(migrated.records()).isEqualTo(new RecordCounts(53, 52, 0, 0, 0, 1, 0, 0));
		assertThat(migrated.deleted()).isEqualTo(4);
		assertThat(migrated.warnings()).containsExactly("a record was odd", "five were missing");
		assertThat(migrated.ignoredReasons()).containsExactly(new IgnoredReason("not wanted", 1));
	}

	@Test
	void whatAProcessOfTheVersionBeforeCountsAfterTheMigrationIsInTheRestartOfItsRun() throws Exception {
		leaveARunInFlight(now());
		migrate(MigrationVersion.fromVersion("13"));
		storeApartFromScopes();
		ConfigurableApplicationContext application = startApplication();
		// as that process does, which then dies
		this.jdbc.update("UPDATE SYNC_SCOPE_PAGE SET FETCHED = FETCHED + 1, WRITTEN = WRITTEN + 1 WHERE PAGE < 0");
		this.jdbc.update("UPDATE SYNC_SCOPE_WARNING SET MESSAGE = 'six were missing' WHERE ORDINAL = -1");
		this.jdbc.update(
				"INSERT INTO SYNC_IGNORED (JOB_INSTANCE_ID, ORDINAL, REASON, RECORDS) VALUES (?, -1, 'late', 1)",
				EVENT);
		this.jdbc.update("UPDATE SYNC_SCOPE_PAGE SET FETCHED = FETCHED + 1, IGNORED = IGNORED + 1 WHERE PAGE = -1");
		JobOperator operator = application.getBean(JobOperator.class);

		JobExecution recovered = operator.recover(execution(application));
		assertThat(event(application, EVENT).deleted()).isEqualTo(5);
		operator.restart(recovered);

		SyncEvent restarted = event(application, EVENT);
		assertThat(restarted.success()).as(restarted.toString()).isTrue();
		assertThat(restarted.records()).isEqualTo(new RecordCounts(65, 63, 0, 0, 0, 2, 0, 0));
		assertThat(restarted.deleted()).isEqualTo(5);
		assertThat(restarted.warnings()).containsExactly("a record was odd", "six were missing");
		assertThat(restarted.ignoredReasons()).containsExactlyInAnyOrder(new IgnoredReason("late", 1),
				new IgnoredReason("not wanted", 1));
		assertThat(this.jdbc.queryForList("SELECT PAGE FROM SYNC_SCOPE_PAGE WHERE PAGE < 0")).isEmpty();
	}

	/** As the versions up to 13 did. */
	private void storeApartFromScopes() {
		this.jdbc.update("""
				INSERT INTO SYNC_SCOPE_PAGE (JOB_INSTANCE_ID, PAGE, LANE, SCOPES, SCOPE_COUNT, FETCHED, WRITTEN, FAILED,
				  IGNORED) VALUES (?, -1, 'none', '[]', 0, 3, 2, 0, 1), (?, -2, 'none', '[]', 0, 4, 4, 0, 0)""", EVENT,
				EVENT);
		this.jdbc.update("""
				INSERT INTO SYNC_SCOPE_WARNING (JOB_INSTANCE_ID, ORDINAL, MESSAGE)
				VALUES (?, -1, 'five were missing'), (?, -2, 'a record was odd')""", EVENT, EVENT);
		this.jdbc.update("""
				INSERT INTO SYNC_IGNORED (JOB_INSTANCE_ID, ORDINAL, REASON, RECORDS) VALUES (?, -1, 'not wanted', 1)""",
				EVENT);
	}

	@Test
	void newestVersionIsThatOfTheLastMigration() {
		List<MigrationVersion> versions = versions();
		assertThat(versions.get(versions.size() - 1)).hasToString(Schema.NEWEST);
	}

	/** For processes of the version before, which go on reading and writing. */
	@Test
	void migrationsOnlyAddTablesAndColumns() throws Exception {
		List<MigrationVersion> versions = versions();
		migrate(versions.get(1));
		Map<String, String> before = columnsAndKeys();
		assertThat(before).isNotEmpty();
		for (MigrationVersion version : versions.subList(2, versions.size())) {
			migrate(version);
			Map<String, String> after = columnsAndKeys();
			assertThat(after).as("after version " + version).containsAllEntriesOf(before);
			Set<String> tables = tables(before);
			assertThat(after).allSatisfy((name, definition) -> {
				if (!before.containsKey(name) && tables.contains(name.split("\\.")[0])) {
					assertThat(definition).as("%s, new in version %s, for rows of those before", name, version)
						.contains("optional");
				}
			});
			before.putAll(after);
		}
	}

	private static Set<String> tables(Map<String, String> definitions) {
		Set<String> tables = new TreeSet<>();
		definitions.keySet().forEach((name) -> tables.add(name.split("\\.")[0]));
		return tables;
	}

	@Test
	void unfinishedMigrationIsRepeated() throws Exception {
		migrate(MigrationVersion.fromVersion("1"));
		String script = new ClassPathResource("io/deltasync/db/migration/" + switch (this.database.product()) {
			case H2 -> "h2/V2__sync_events.sql";
			case MYSQL -> "mysql/V2__sync_events.sql";
			case POSTGRESQL -> "postgresql/V19__baseline.sql";
		}).getContentAsString(StandardCharsets.UTF_8);
		// killed there
		String begun = script.substring(0, script.indexOf("CREATE TABLE SYNC_REJECT"));
		new ResourceDatabasePopulator(new ByteArrayResource(begun.getBytes(StandardCharsets.UTF_8)))
			.execute(this.dataSource);
		assertThat(run(startApplication()).success()).isTrue();
		assertThat(migrations().load().info().pending()).isEmpty();
	}

	@Test
	void tablesStoreAnyCharacterWhateverTheDefaultOfTheDatabase() {
		assumeTrue(this.database.product() == Product.MYSQL, "others have no character set of a table");
		this.jdbc.execute("ALTER DATABASE `%s` CHARACTER SET latin1".formatted(this.schema));
		startSchema();
		assertThat(this.jdbc.queryForList("""
				SELECT CONCAT(TABLE_NAME, '.', COLUMN_NAME) FROM INFORMATION_SCHEMA.COLUMNS
				WHERE TABLE_SCHEMA = DATABASE() AND (TABLE_NAME LIKE 'BATCH_%' OR TABLE_NAME LIKE 'SYNC_%')
				AND CHARACTER_SET_NAME <> 'utf8mb4'""", String.class)).filteredOn((column) -> !column.contains("_SEQ."))
			.isEmpty();
	}

	@Test
	void failedMigrationIsRetried() throws Exception {
		migrate(MigrationVersion.fromVersion("1"));
		this.jdbc.execute("CREATE TABLE SYNC_LANE (LINK INT)");
		this.jdbc.update("INSERT INTO SYNC_LANE VALUES (1)");
		assertThatExceptionOfType(FlywayException.class).isThrownBy(this::startSchema)
			.withMessageContaining("table SYNC_LANE holds rows");
		assertThatExceptionOfType(FlywayException.class).isThrownBy(() -> migrate(versions().get(1)));
		this.jdbc.update("DELETE FROM SYNC_LANE");
		assertThatExceptionOfType(FlywayException.class).isThrownBy(this::startSchema)
			.withMessageContaining("table SYNC_LANE has other columns than DeltaSync's");
		this.jdbc.execute("DROP TABLE SYNC_LANE");
		startSchema();
		assertThat(migrations().load().info().pending()).isEmpty();
	}

	@Test
	void tablesOfTheApplicationAreUnchangedAndDeltaSyncTablesHaveAPrefix() throws Exception {
		this.jdbc.execute("CREATE TABLE SYNC_SLOT (ID INT, SLOT_NAME VARCHAR(20))");
		this.jdbc.execute("CREATE TABLE SYNC_LEASE (ID INT)");
		this.jdbc.update("INSERT INTO SYNC_LEASE VALUES (7)");
		ConfigurableApplicationContext application = startApplication();

		SyncEvent first = run(application);
		SyncEvent second = run(startApplication());

		assertThat(List.of(first, second)).allSatisfy((event) -> assertThat(event.success()).isTrue());
		assertThat(second.windowStart()).isEqualTo(first.runTimestamp());
		assertThat(this.jdbc.queryForList("SELECT * FROM SYNC_SLOT")).isEmpty();
		assertThat(this.jdbc.queryForObject("SELECT ID FROM SYNC_LEASE", Integer.class)).isEqualTo(7);
		assertThat(this.jdbc.queryForObject("SELECT COUNT(*) FROM DELTASYNC_PLAN", Integer.class)).isEqualTo(2);
		assertThat(SchemaObjects.of(this.jdbc.getDataSource().getConnection()).contains("SYNC_PLAN")).isFalse();
	}

	@Test
	void batchTablesOfTheApplicationAreNotChanged() throws Exception {
		new ResourceDatabasePopulator(
				new ClassPathResource("org/springframework/batch/core/schema-%s.sql".formatted(batchName())))
			.execute(this.dataSource);
		Map<String, String> before = columnsAndKeys();
		List<String> collations = collations();

		assertThat(run(startApplication()).success()).isTrue();

		assertThat(columnsAndKeys()).containsAllEntriesOf(before);
		assertThat(collations()).isEqualTo(collations);
	}

	private List<String> collations() {
		return (this.database == TestDatabase.H2) ? List.of()
				: this.jdbc.queryForList(
						"""
								SELECT CONCAT(TABLE_NAME, COLUMN_NAME, COLLATION_NAME) FROM INFORMATION_SCHEMA.COLUMNS
								WHERE TABLE_SCHEMA = %s AND UPPER(TABLE_NAME) LIKE 'BATCH%%' ORDER BY 1""".formatted(
								(this.database.product() == Product.POSTGRESQL) ? "CURRENT_SCHEMA" : "DATABASE()"),
						String.class);
	}

	@Test
	void missingTablesOfSpringBatchAreAdded() throws Exception {
		String script = new ClassPathResource("org/springframework/batch/core/schema-%s.sql".formatted(batchName()))
			.getContentAsString(StandardCharsets.UTF_8);
		// killed there
		String begun = script.substring(0, script.indexOf("CREATE TABLE BATCH_STEP_EXECUTION_CONTEXT"));
		new ResourceDatabasePopulator(new ByteArrayResource(begun.getBytes(StandardCharsets.UTF_8)))
			.execute(this.dataSource);

		assertThat(run(startApplication()).success()).isTrue();
	}

	@Test
	void tablesOfSpringBatch5AreRefused() {
		new ResourceDatabasePopulator(
				new ClassPathResource("org/springframework/batch/core/schema-%s.sql".formatted(batchName())))
			.execute(this.dataSource);
		if (this.database == TestDatabase.MYSQL) {
			this.jdbc.execute("RENAME TABLE BATCH_JOB_INSTANCE_SEQ TO BATCH_JOB_SEQ");
		}
		else {
			this.jdbc.execute("DROP SEQUENCE BATCH_JOB_INSTANCE_SEQ");
			this.jdbc.execute("CREATE SEQUENCE BATCH_JOB_SEQ");
		}
		assertThatExceptionOfType(LaunchException.class).isThrownBy(this::startSchema)
			.withMessageContaining("has the tables of Spring Batch 5")
			.satisfies((refused) -> assertThat(refused.getExitCode()).isEqualTo(4));
	}

	@Test
	void tablesOfAnEarlierSpringBatchAreRefused() {
		this.jdbc.execute("CREATE TABLE BATCH_JOB_EXECUTION_PARAMS (JOB_EXECUTION_ID BIGINT, KEY_NAME VARCHAR(100))");
		assertThatExceptionOfType(LaunchException.class).isThrownBy(this::startSchema)
			.withMessageContaining("BATCH_JOB_EXECUTION_PARAMS")
			.withMessageContaining("it has no column IDENTIFYING, PARAMETER_NAME, PARAMETER_TYPE, PARAMETER_VALUE");
	}

	@Test
	void sequenceThatWouldRepeatIdsIsRefused() {
		startSchema();
		this.jdbc.update("INSERT INTO BATCH_JOB_INSTANCE VALUES (1, 0, 'import', 'x')");
		this.jdbc.execute("DROP %s BATCH_JOB_INSTANCE_SEQ"
			.formatted((this.database == TestDatabase.MYSQL) ? "TABLE" : "SEQUENCE"));
		this.jdbc.execute("DROP TABLE " + quoted("deltasync_schema_history"));
		assertThatExceptionOfType(LaunchException.class).isThrownBy(this::startSchema)
			.withMessageContaining("has rows, but the sequence BATCH_JOB_INSTANCE_SEQ is missing");
	}

	private String quoted(String name) {
		return ((this.database.product() == Product.MYSQL) ? "`%s`" : "\"%s\"").formatted(name);
	}

	@Test
	void batchTablesThatCannotStoreAllCharactersAreRefused() {
		assumeTrue(this.database.product() == Product.MYSQL, "others have no character set of a table");
		this.jdbc.execute("ALTER DATABASE `%s` CHARACTER SET latin1".formatted(this.schema));
		this.jdbc.execute("""
				CREATE TABLE BATCH_JOB_INSTANCE (JOB_INSTANCE_ID BIGINT NOT NULL PRIMARY KEY, VERSION BIGINT,
				JOB_NAME VARCHAR(100) NOT NULL, JOB_KEY VARCHAR(32) NOT NULL)""");
		assertThatExceptionOfType(LaunchException.class).isThrownBy(this::startSchema)
			.withMessageContaining("their character set is not utf8mb4: BATCH_JOB_INSTANCE");
	}

	@Test
	void databaseThatCannotStoreAllCharactersIsRefused() {
		assumeTrue(this.database.product() == Product.POSTGRESQL, "others have no encoding of a database");
		this.database.execute("", List.of("DROP DATABASE \"%s\" WITH (FORCE)".formatted(this.schema),
				"CREATE DATABASE \"%s\" ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0".formatted(this.schema)));
		assertThatExceptionOfType(LaunchException.class).isThrownBy(this::startSchema)
			.withMessageContaining("its encoding is LATIN1 and not UTF8");
	}

	/** PostgreSQL, alone, has none for a foreign key. */
	@Test
	void tablesOfSpringBatchHaveIndexesForTheirForeignKeys() throws Exception {
		startSchema();
		Map<String, String> found = columnsAndKeys();
		for (String key : List.of("BATCH_JOB_EXECUTION.JOB_INSTANCE_ID", "BATCH_STEP_EXECUTION.JOB_EXECUTION_ID",
				"BATCH_JOB_EXECUTION_PARAMS.JOB_EXECUTION_ID")) {
			String[] parts = key.split("\\.");
			assertThat(found).as(key)
				.anySatisfy((name, definition) -> assertThat(name + definition.toUpperCase(Locale.ROOT))
					.matches(parts[0] + "\\.\\w+\\(1\\)" + parts[1] + " OPTIONAL"));
		}
	}

	private void startSchema() {
		new Schema(this.dataSource, new RepositoryUrl(null, null)).migrate();
	}

	@Test
	void concurrentMigrationsCreateTheTablesOnce() throws Exception {
		assumeTrue(this.database != TestDatabase.H2, "the embedded database takes one process");
		for (int round = 0; round < 3; round++) {
			migrateAtOnce();
			assertThat(migrations().load().info().applied()).extracting(MigrationInfo::getVersion)
				.containsExactlyElementsOf(versions());
			stop();
			createSchema();
		}
	}

	@Test
	void concurrentMigrationsWorkBesideTablesOfAnApplication() throws Exception {
		assumeTrue(this.database != TestDatabase.H2, "the embedded database takes one process");
		for (int round = 0; round < 3; round++) {
			this.jdbc.execute("CREATE TABLE CUSTOMER (ID INT)");
			migrateAtOnce();
			assertThat(migrations().load().info().pending()).isEmpty();
			new Schema(this.dataSource, new RepositoryUrl(null, null)).migrate();
			stop();
			createSchema();
		}
	}

	private void migrateAtOnce() throws Exception {
		CyclicBarrier barrier = new CyclicBarrier(8);
		ExecutorService threads = Executors.newFixedThreadPool(8);
		List<Future<?>> migrated = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			migrated.add(threads.submit(() -> {
				barrier.await(1, TimeUnit.MINUTES);
				new Schema(this.dataSource, new RepositoryUrl(null, null)).migrate();
				return null;
			}));
		}
		threads.shutdown();
		for (Future<?> each : migrated) {
			each.get(3, TimeUnit.MINUTES);
		}
	}

	@Test
	void tablesOfALaterVersionAreRefused() {
		Schema migrated = new Schema(this.dataSource, new RepositoryUrl(null, null));
		migrated.migrate();
		String quote = (this.database.product() == Product.MYSQL) ? "`" : "\"";
		this.jdbc.execute("""
				INSERT INTO "deltasync_schema_history" ("installed_rank", "version", "description", "type", "script",
				"checksum", "installed_by", "execution_time", "success")
				VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'x', 1, TRUE)""".replace("\"", quote));
		String count = "SELECT COUNT(*) FROM \"deltasync_schema_history\"".replace("\"", quote);
		int before = this.jdbc.queryForObject(count, Integer.class);
		assertThatExceptionOfType(LaunchException.class).isThrownBy(migrated::migrate)
			.withMessageContaining("have version 99: a newer release of DeltaSync has migrated them")
			.withMessageContaining("knows versions up to " + Schema.NEWEST)
			.satisfies((refused) -> assertThat(refused.getMessage()).doesNotContainIgnoringCase("repair"));
		assertThat(this.jdbc.queryForObject(count, Integer.class)).as("nothing is changed").isEqualTo(before);
	}

	private Map<String, List<Map<String, Object>>> rows() {
		Map<String, List<Map<String, Object>>> rows = new TreeMap<>();
		for (String table : List.of("BATCH_JOB_INSTANCE", "BATCH_JOB_EXECUTION", "BATCH_JOB_EXECUTION_PARAMS",
				"BATCH_STEP_EXECUTION", "SYNC_LEASE", "SYNC_PLAN", "SYNC_SCOPE_PAGE")) {
			rows.put(table,
					this.jdbc.queryForList("SELECT * FROM " + table)
						.stream()
						.<Map<String, Object>>map((row) -> new TreeMap<>(texts(row)))
						.toList());
		}
		return rows;
	}

	private static Map<String, Object> texts(Map<String, Object> row) {
		Map<String, Object> texts = new TreeMap<>();
		row.forEach((column, value) -> {
			// what later versions have added is empty
			if (value != null) {
				texts.put(column, text(value));
			}
		});
		return texts;
	}

	private static String text(@Nullable Object value) {
		try {
			return (value instanceof java.sql.Clob clob) ? clob.getSubString(1, (int) clob.length())
					: String.valueOf(value);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Map<String, String> columnsAndKeys() throws SQLException {
		Map<String, String> found = new TreeMap<>();
		try (Connection connection = this.dataSource.getConnection()) {
			DatabaseMetaData metaData = connection.getMetaData();
			try (ResultSet columns = metaData.getColumns(connection.getCatalog(), connection.getSchema(), "%", "%")) {
				while (columns.next()) {
					String table = columns.getString("TABLE_NAME").toUpperCase(Locale.ROOT);
					if (table.startsWith("SYNC_") || table.startsWith("BATCH_")) {
						boolean optional = columns.getString("IS_NULLABLE").equals("YES")
								|| columns.getString("COLUMN_DEF") != null
								|| columns.getString("IS_AUTOINCREMENT").equals("YES");
						found.put(table + "." + columns.getString("COLUMN_NAME"),
								"%s(%d,%d) %s".formatted(columns.getString("TYPE_NAME"), columns.getInt("COLUMN_SIZE"),
										columns.getInt("DECIMAL_DIGITS"), optional ? "optional" : "required"));
					}
				}
			}
			for (String table : tables(found)) {
				try (ResultSet keys = metaData.getIndexInfo(connection.getCatalog(), connection.getSchema(),
						metaData.storesLowerCaseIdentifiers() ? table.toLowerCase(Locale.ROOT) : table, false, true)) {
					while (keys.next()) {
						// H2 gives its own index names other numbers when it copies a
						// table
						String name = keys.getString("INDEX_NAME")
							.replaceFirst("(PRIMARY_KEY|_INDEX)_[0-9A-F]+$", "$1");
						found.put("%s.%s(%d)".formatted(table, name, keys.getInt("ORDINAL_POSITION")),
								"%s %s".formatted(keys.getString("COLUMN_NAME"),
										keys.getBoolean("NON_UNIQUE") ? "optional" : "unique"));
					}
				}
			}
		}
		return found;
	}

	/** An application with adapters of its own. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		ScopedSource scopedSource(Fetched fetched) {
			return new ScopedSource(fetched);
		}

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		OpenTarget openTarget() {
			return new OpenTarget();
		}

	}

	/** Which scopes an application has fetched. */
	record Fetched(Set<String> scopes) {

	}

	/** It takes what comes. */
	static final class OpenTarget implements TargetAdapter {

		@Override
		public int getBatchSizeLimit(LinkContext context) {
			return 10;
		}

		@Override
		public void pushRecords(LinkContext context, List<RecordInFlight> records) {
		}

	}

	/** Six scopes of ten records. */
	record ScopedSource(Fetched fetched) implements SourceAdapterForPull, SourceAdapterScopeSerializer {

		@Override
		public FetchStrategy planFetch(LinkContext context) {
			return FetchStrategy.scopes(IntStream.range(0, 6).mapToObj(String::valueOf).toList(), 60L);
		}

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, Object scope) {
			this.fetched.scopes().add((String) scope);
			int first = 10 * Integer.parseInt((String) scope);
			return IntStream.range(first, first + 10)
				.mapToObj((id) -> new RecordInFlight(Map.of("id", id)).identifiedBy(List.of("id")))
				.toList();
		}

		@Override
		public String serializeScope(Object scope) {
			return (String) scope;
		}

		@Override
		public Object deserializeScope(String text) {
			return text;
		}

	}

}
