package io.deltasync.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.sql.DataSource;

import com.example.shop.ShopApplication;
import com.zaxxer.hikari.HikariDataSource;
import io.deltasync.autoconfigure.BatchConfiguration;
import io.deltasync.config.LaunchException;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.batch.autoconfigure.BatchTransactionManager;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchDataSource;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * An application that has DeltaSync as a library keeps its own settings, tables, jobs,
 * arguments and beans.
 */
@EachDatabase(value = { TestDatabase.H2, TestDatabase.MYSQL, TestDatabase.POSTGRESQL }, sampled = true)
class HostIT {

	@Parameter
	private TestDatabase database;

	private final List<String> schemas = new ArrayList<>();

	private JdbcTemplate jdbc;

	@BeforeEach
	void createEmptySchema() {
		this.jdbc = new JdbcTemplate(this.database.dataSource(createSchema()));
	}

	private String createSchema() {
		this.schemas.add(this.database.createSchema());
		return this.schemas.get(this.schemas.size() - 1);
	}

	@AfterEach
	void dropSchemas() {
		this.schemas.forEach(this.database::dropSchema);
	}

	private ConfigurableApplicationContext start(Class<?> more, String... arguments) {
		Map<String, Object> properties = new HashMap<>();
		properties.put("server.port", 0);
		properties.put("spring.main.banner-mode", "off");
		properties.put("logging.level.root", "ERROR");
		properties.put("spring.datasource.url", this.database.url(this.schemas.get(0)));
		properties.put("spring.datasource.username", this.database.username());
		properties.put("spring.datasource.password", "");
		properties.put("spring.flyway.locations", "classpath:com/example/shop/db");
		properties.put("deltasync.connections.shop.url", this.database.url(this.schemas.get(0)));
		properties.put("deltasync.connections.shop.username", this.database.username());
		properties.put("deltasync.links.customers.source.adapter", "jdbc");
		properties.put("deltasync.links.customers.source.connection", "shop");
		properties.put("deltasync.links.customers.source.table", "customer");
		properties.put("deltasync.links.customers.target.adapter", "jdbc");
		properties.put("deltasync.links.customers.target.connection", "shop");
		properties.put("deltasync.links.customers.target.table", "warehouse_customer");
		properties.values().removeIf((value) -> value == null);
		SpringApplication application = new SpringApplication(ShopApplication.class, more);
		application.setDefaultProperties(properties);
		return application.run(arguments);
	}

	private static SyncEvent run(ConfigurableApplicationContext application) throws Exception {
		JobExecution execution = application.getBean(JobOperator.class)
			.start(application.getBean(JobRegistry.class).getJob("customers"), new JobParameters());
		return application.getBean(SyncEvents.class).find(execution.getJobInstanceId()).orElseThrow();
	}

	private static void assertSuccess(SyncEvent event) {
		assertThat(event.success()).as(event.toString()).isTrue();
	}

	@Test
	void applicationKeepsItsOwnBeansAndTables() throws Exception {
		try (ConfigurableApplicationContext application = start(Nothing.class, "import", "orders.csv")) {
			assertSuccess(run(application));
			assertThat(this.jdbc.queryForObject("SELECT COUNT(*) FROM warehouse_customer", Integer.class)).isEqualTo(2);

			assertThat(((ServletWebServerApplicationContext) application).getWebServer().getPort()).isPositive();
			HikariDataSource pool = application.getBean(HikariDataSource.class);
			assertThat(pool.getMaximumPoolSize()).isEqualTo(10);
			assertThat(pool.getMinimumIdle()).isEqualTo(10);
			assertThat(pool.getTransactionIsolation()).isNull();
			assertThat(application.getBean(ShopApplication.Imported.class).files())
				.as("its own job, and no Link's, has run")
				.containsExactly("import", "orders.csv");
			assertThat(application.getBean(JobRepository.class).getJobInstances("customers", 0, 10)).hasSize(1);
			assertThat(application.getBean("nameOfTheOnlyJob")).isEqualTo("importJob");
			assertThat(this.jdbc.queryForList("SELECT * FROM SYNC_SLOT")).isEmpty();
			assertThat(application.getBeansOfType(HealthIndicator.class)).containsKey("deltasyncHealthIndicator");
			assertThat(application.getBeanDefinitionNames()).filteredOn((name) -> isOurs(application, name))
				.allMatch((name) -> name.startsWith("deltasync") || name.startsWith("io.deltasync."));
		}
		try (ConfigurableApplicationContext again = start(Nothing.class, "number=2")) {
			assertThat(run(again).windowStart()).isNotNull();
		}
	}

	private static boolean isOurs(ConfigurableApplicationContext application, String name) {
		Class<?> type = application.getType(name);
		return type != null && type.getName().startsWith("io.deltasync.")
				&& !Set.of("jobOperator", "jobRegistry").contains(name) && !name.startsWith("hostIT");
	}

	@Test
	void namedLinkIsStartedInsteadOfTheApplicationsJob() {
		try (ConfigurableApplicationContext application = start(Nothing.class, "--spring.batch.job.name=customers")) {
			assertThat(application.getBean(JobRepository.class).getJobInstances("customers", 0, 10)).hasSize(1);
			assertThat(application.getBean(JobRepository.class).getJobInstances("importJob", 0, 10)).isEmpty();
			assertThat(SpringApplication.exit(application)).isZero();
		}
	}

	@Test
	void givenCommandIsExecuted() {
		try (ConfigurableApplicationContext application = start(Nothing.class, "run", "customers")) {
			assertThat(application.getBean(JobRepository.class).getJobInstances("customers", 0, 10)).hasSize(1);
			assertThat(SpringApplication.exit(application)).isZero();
		}
	}

	@Test
	void poolWithoutAutoCommitWorks() throws Exception {
		try (ConfigurableApplicationContext application = start(Nothing.class,
				"--spring.datasource.hikari.auto-commit=false")) {
			SyncEvent first = run(application);
			SyncEvent second = run(application);
			assertThat(second.windowStart()).isEqualTo(first.runTimestamp());
			assertThat(application.getBean(DataSource.class).unwrap(HikariDataSource.class).isAutoCommit()).isFalse();
		}
	}

	@Test
	void batchDataSourceContainsAllTablesOfBatchAndDeltaSync() throws Exception {
		String jobs = createSchema();
		try (ConfigurableApplicationContext application = start(OwnBatchDatabase.class,
				"--jobs.url=" + this.database.url(jobs),
				"--jobs.username=" + ((this.database.username() != null) ? this.database.username() : ""))) {
			assertSuccess(run(application));
		}
		JdbcTemplate ofJobs = new JdbcTemplate(this.database.dataSource(jobs));
		assertThat(ofJobs.queryForObject("SELECT COUNT(*) FROM BATCH_JOB_INSTANCE", Integer.class)).isEqualTo(2);
		assertThat(ofJobs.queryForObject("SELECT COUNT(*) FROM SYNC_PLAN", Integer.class)).isOne();
		SchemaObjects own = SchemaObjects.of(this.jdbc.getDataSource().getConnection());
		assertThat(own.contains("BATCH_JOB_INSTANCE")).isFalse();
		assertThat(own.contains("SYNC_PLAN")).isFalse();
	}

	@Test
	void severalTransactionManagersWork() throws Exception {
		try (ConfigurableApplicationContext application = start(OwnTransactionManagers.class,
				"--spring.main.lazy-initialization=true", "--spring.threads.virtual.enabled=true")) {
			assertSuccess(run(application));
		}
	}

	@Test
	void isolationLevelForNewJobsCanBeConfigured() {
		try (ConfigurableApplicationContext application = start(Nothing.class,
				"--spring.batch.jdbc.isolation-level-for-create=serializable")) {
			assertThat(application.getBean(BatchConfiguration.class).getIsolationLevelForCreate().name())
				.isEqualTo("SERIALIZABLE");
		}
	}

	@Test
	void unsupportedConfigurationIsRefused() {
		assertRefused(() -> start(Nothing.class, "--spring.batch.jdbc.table-prefix=SHOP_"),
				"spring.batch.jdbc.table-prefix is 'SHOP_'");
		assertRefused(() -> start(BatchInCode.class), "has @EnableBatchProcessing");
		if (this.database.product() == Product.MYSQL) {
			String url = this.database.url(this.schemas.get(0));
			assertRefused(
					() -> start(Nothing.class,
							"--spring.datasource.url=" + url + "&sessionVariables=sql_select_limit=100"),
					"limits the rows of a query to 100 (sql_select_limit)");
		}
	}

	private static void assertRefused(ThrowingCallable start, String why) {
		assertThatException().isThrownBy(start)
			.satisfies((thrown) -> assertThat(NestedExceptionUtils.getMostSpecificCause(thrown))
				.isInstanceOf(LaunchException.class)
				.hasMessageContaining(why));
	}

	@Test
	void disabledDeltaSyncLeavesNoTrace() {
		try (ConfigurableApplicationContext application = start(Nothing.class, "import", "--deltasync.enabled=false",
				"--spring.batch.jdbc.initialize-schema=always")) {
			assertThat(application.getBeanDefinitionNames()).noneMatch((name) -> name.startsWith("deltasync"));
			assertThat(application.getBean(ShopApplication.Imported.class).files()).containsExactly("import");
		}
	}

	@Test
	void healthIndicatorCanBeDisabled() {
		try (ConfigurableApplicationContext application = start(Nothing.class,
				"--management.health.deltasync.enabled=false")) {
			assertThat(application.getBeansOfType(HealthIndicator.class)).doesNotContainKey("deltasyncHealthIndicator");
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableBatchProcessing
	static class BatchInCode {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnTransactionManagers {

		@Bean
		@Primary
		PlatformTransactionManager transactionManager(DataSource database) {
			return new DataSourceTransactionManager(database);
		}

		@Bean
		@BatchTransactionManager
		PlatformTransactionManager ofJobs(DataSource database) {
			return new JdbcTransactionManager(database);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnBatchDatabase {

		@Bean(defaultCandidate = false)
		@BatchDataSource
		HikariDataSource jobsDatabase(Environment environment) {
			HikariDataSource database = new HikariDataSource();
			database.setJdbcUrl(environment.getRequiredProperty("jobs.url"));
			String username = environment.getRequiredProperty("jobs.username");
			database.setUsername(username.isEmpty() ? null : username);
			return database;
		}

	}

}
