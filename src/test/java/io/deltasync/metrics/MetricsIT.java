package io.deltasync.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.regex.Pattern;
import java.util.regex.MatchResult;
import java.util.Set;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.deltasync.event.BlockedDeletes;
import io.deltasync.event.SyncEvents;
import io.deltasync.inbox.Inbox;
import io.deltasync.lease.DatabaseClock;
import io.deltasync.lease.Leases;
import io.deltasync.link.Links;
import io.deltasync.reject.Reject;
import io.deltasync.reject.Rejects;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunTables;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.JobTables;
import io.deltasync.testing.Stage;
import io.deltasync.testing.StagedApplication;
import io.deltasync.testing.TestDatabase;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * What a monitoring system reads of how Links stand.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.MYSQL, TestDatabase.POSTGRESQL })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class MetricsIT {

	private static final Pattern METRIC = Pattern.compile("\\bdeltasync_[a-z_]+");

	@Parameter
	private TestDatabase database;

	private final Stage stage = new Stage();

	private final AtomicLong nanos = new AtomicLong();

	private ConfigurableApplicationContext application;

	private PrometheusMeterRegistry registry;

	private String text = "";

	private boolean away;

	@BeforeParameterizedClassInvocation
	void start() {
		this.application = StagedApplication.start(this.database, this.database.createSchema(), this.stage,
				List.of("orders", "never", "gone"), "deltasync.links.gone.deletes=hard");
	}

	@AfterParameterizedClassInvocation
	void stop() {
		if (this.application != null) {
			this.application.close();
		}
	}

	@BeforeEach
	void forget() {
		this.stage.clear();
		JobTables.empty(bean(JdbcTemplate.class));
		Links links = bean(Links.class);
		Figures figures = new Figures(links, bean(SyncEvents.class), bean(RunTables.class).rejects(),
				bean(Leases.class), bean(Inbox.class), bean(DatabaseClock.class));
		this.away = false;
		this.registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		metrics(cached(figures::read, Runnable::run)).bindTo(this.registry);
		new RunMetrics(links, bean(ActiveRuns.class)).bindTo(this.registry);
	}

	private LinkMetrics metrics(CachedSupplier<Map<String, LinkFigures>> figures) {
		return new LinkMetrics(bean(Links.class), figures, cached(this::time, Runnable::run), this.nanos::get);
	}

	private <T> CachedSupplier<T> cached(Supplier<T> question, Executor thread) {
		return new CachedSupplier<>(question, Duration.ofSeconds(1), Duration.ofMillis(100), thread, this.nanos::get);
	}

	private Instant time() {
		if (this.away) {
			throw new IllegalStateException("away");
		}
		return bean(DatabaseClock.class).instant();
	}

	private <T> T bean(Class<T> type) {
		return this.application.getBean(type);
	}

	private void run(String... parameters) throws Exception {
		JobParametersBuilder given = new JobParametersBuilder();
		for (int i = 0; i < parameters.length; i += 2) {
			given.addString(parameters[i], parameters[i + 1], false);
		}
		bean(JobOperator.class).start(bean(JobRegistry.class).getJob("orders"), given.toJobParameters());
		this.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
	}

	private void passes(Duration time) {
		this.nanos.addAndGet(time.toNanos());
	}

	private double value(String series) {
		this.text = this.registry.scrape();
		return this.text.lines()
			.filter((line) -> line.startsWith(series + " "))
			.map((line) -> Double.parseDouble(line.substring(series.length() + 1)))
			.findFirst()
			.orElseThrow(() -> new AssertionError("No " + series + " in:\n" + this.text));
	}

	private double ofOrders(String name, String... more) {
		return value("deltasync_%s{link=\"orders\"%s}".formatted(name, String.join("", more)));
	}

	private double lastRun(String status) {
		return ofOrders("last_run", ",status=\"" + status + "\"");
	}

	private double waiting(String state) {
		return ofOrders("rejects_waiting", ",state=\"" + state + "\"");
	}

	@Test
	void linkWithoutRunsHasNoWindow() {
		assertThat(value("deltasync_window_age_seconds{link=\"never\"}")).isNaN();
		assertThat(value("deltasync_runs_since_success{link=\"never\"}")).isZero();
		assertThat(value("deltasync_running{link=\"never\"}")).isZero();
		assertThat(value("deltasync_last_run{link=\"never\",status=\"none\"}")).isOne();
		assertThat(value("deltasync_database_up")).isOne();
	}

	@Test
	void ageOfTheWindowGrowsUntilARunIsSuccessful() throws Exception {
		run();
		assertThat(ofOrders("window_age_seconds")).isCloseTo(0, within(60.0));
		assertThat(lastRun("successful")).isOne();
		bean(JdbcTemplate.class).update("UPDATE BATCH_JOB_INSTANCE SET JOB_KEY = '2026-01-01T00:00:00.000000Z'");
		bean(JdbcTemplate.class).update("UPDATE BATCH_JOB_EXECUTION_PARAMS SET PARAMETER_VALUE = "
				+ "'2026-01-01T00:00:00.000000Z' WHERE PARAMETER_NAME = 'runTimestamp'");
		this.stage.offline("orders");
		run();
		run();
		assertThat(ofOrders("window_age_seconds")).isGreaterThan(Duration.ofDays(30).toSeconds());
		assertThat(ofOrders("runs_since_success")).isEqualTo(2);
		assertThat(lastRun("aborted")).isOne();
		assertThat(lastRun("successful")).isZero();
		this.stage.online("orders");
		run();
		assertThat(ofOrders("window_age_seconds")).isCloseTo(0, within(60.0));
		assertThat(ofOrders("runs_since_success")).isZero();
	}

	@Test
	void runsAreTimedAndTheirRecordsCounted() throws Exception {
		double written = ofOrders("records_total", ",outcome=\"written\"");
		double failed = ofOrders("records_total", ",outcome=\"failed\"");
		this.stage.records("orders", 250);
		this.stage.refuse(7);
		run();
		run("testing", "true");
		assertThat(ofOrders("records_total", ",outcome=\"written\"") - written).isEqualTo(249);
		assertThat(ofOrders("records_total", ",outcome=\"failed\"") - failed).isEqualTo(1);
		assertThat(ofOrders("run_seconds_count", ",outcome=\"not_successful\"")).isEqualTo(2);
		assertThat(ofOrders("run_seconds_sum", ",outcome=\"not_successful\"")).isPositive();
		this.stage.clear();
		run();
		run("mode", "SET", "setTo", "2026-01-01T00:00:00Z");
		assertThat(ofOrders("run_seconds_count", ",outcome=\"successful\"")).isEqualTo(1);
	}

	@Test
	void recordsHoldingTheWindowAreCountedButNotNamed() throws Exception {
		this.stage.records("orders", 250);
		this.stage.refuse(4711 % 250);
		this.stage.refuse(17);
		run();
		assertThat(waiting("holding")).isEqualTo(2);
		assertThat(waiting("acknowledged")).isZero();
		double age = ofOrders("rejects_holding_age_seconds");
		assertThat(age).isBetween(0.0, 60.0);
		assertThat(this.text).doesNotContain("refused", "\"17\"", "\"211\"");
		passes(Duration.ofMillis(900));
		assertThat(ofOrders("rejects_holding_age_seconds")).as("it ages without being asked for")
			.isCloseTo(age + 0.9, within(0.01));
		Rejects rejects = bean(RunTables.class).rejects();
		List<Reject> waiting = rejects.waiting("orders", 10);
		rejects.acknowledge(waiting.get(0).id(), bean(DatabaseClock.class).instant());
		rejects.discard(waiting.get(1).id());
		passes(Duration.ofSeconds(1));
		assertThat(waiting("holding")).isZero();
		assertThat(waiting("acknowledged")).isEqualTo(1);
		assertThat(ofOrders("rejects_holding_age_seconds")).isZero();
		assertThat(lastRun("not_successful")).isOne();
	}

	@Test
	void blockedDeletionsAreCountedUntilTheyAreResolved() {
		String series = "deltasync_deletes_blocked{link=\"gone\"}";
		BlockedDeletes blocked = bean(SyncEvents.class).blockedDeletes();
		assertThat(value(series)).isZero();
		blocked.block("gone", 17, 201, Instant.now());
		passes(Duration.ofSeconds(1));
		assertThat(value(series)).isEqualTo(201);
		blocked.resolve("gone");
		passes(Duration.ofSeconds(1));
		assertThat(value(series)).isZero();
	}

	@Test
	void recordsHoldTheWindowOnlyUntilARunIsSuccessful() throws Exception {
		run();
		this.stage.records("orders", 20);
		this.stage.refuse(17);
		run("mode", "FULL");
		assertThat(waiting("holding")).isOne();
		this.stage.records("orders", 0);
		run();
		assertThat(lastRun("successful")).isOne();
		assertThat(waiting("holding")).isZero();
		assertThat(waiting("left")).as("no delta run fetches it").isOne();
		assertThat(ofOrders("rejects_holding_age_seconds")).isZero();
		run("mode", "FULL");
		assertThat(waiting("left")).as("a full run has not met it").isZero();
	}

	@Test
	@SuppressWarnings("try")
	void runInAnotherProcessIsShown() throws Exception {
		bean(Leases.class).acquire("orders").close();
		assertThat(ofOrders("running")).isZero();
		try (var lease = bean(Leases.class).acquire("orders")) {
			passes(Duration.ofSeconds(1));
			assertThat(ofOrders("running")).isOne();
		}
	}

	@Test
	void lastFiguresAreKeptWithTheirAgeWhileTheDatabaseIsUnavailable() throws Exception {
		run();
		double age = ofOrders("window_age_seconds");
		bean(JdbcTemplate.class).execute("ALTER TABLE SYNC_LEASE RENAME TO GONE");
		this.away = true;
		try {
			passes(Duration.ofHours(1));
			assertThat(ofOrders("window_age_seconds")).isCloseTo(age + 3600, within(0.01));
			assertThat(value("deltasync_database_up")).isZero();
			assertThat(value("deltasync_figures_age_seconds")).isEqualTo(3600);
			assertThat(lastRun("successful")).isOne();
		}
		finally {
			bean(JdbcTemplate.class).execute("ALTER TABLE GONE RENAME TO SYNC_LEASE");
			this.away = false;
		}
		passes(Duration.ofSeconds(1));
		assertThat(value("deltasync_database_up")).isOne();
		assertThat(value("deltasync_figures_age_seconds")).isZero();
	}

	@Test
	void slowFiguresDoNotMakeTheDatabaseUnhealthy() {
		this.registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		metrics(cached(Map::of, (work) -> {
		})).bindTo(this.registry);
		assertThat(value("deltasync_figures_age_seconds")).isNaN();
		assertThat(value("deltasync_database_up")).isOne();
	}

	@Test
	void linkWhoseFiguresCannotBeReadDoesNotAffectOthers() throws Exception {
		run();
		bean(JdbcTemplate.class).update("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'NONSENSE'");
		assertThat(ofOrders("runs_since_success")).isNaN();
		assertThat(value("deltasync_last_run{link=\"never\",status=\"none\"}")).isOne();
		assertThat(value("deltasync_database_up")).isOne();
	}

	@Test
	void dashboardUsesMetricsThatExist() throws Exception {
		run();
		Set<String> exposed = this.registry.scrape()
			.lines()
			.filter((line) -> !line.startsWith("#"))
			.map((line) -> line.split("[{ ]", 2)[0])
			.collect(Collectors.toSet());
		JsonNode dashboard = new JsonMapper().readTree(Path.of("helm/deltasync/files/dashboard.json").toFile());

		assertThat(dashboard.findValuesAsString("expr")).isNotEmpty()
			.allSatisfy((expression) -> assertThat(METRIC.matcher(expression).results().map(MatchResult::group))
				.isNotEmpty()
				.isSubsetOf(exposed));
	}

	@Test
	void metricsTextContainsOnlyFiguresOfLinks() throws Exception {
		run();
		String printed = bean(MetricsText.class).read();
		assertThat(printed).contains("# TYPE deltasync_window_age_seconds gauge\n",
				"deltasync_last_run{link=\"orders\",status=\"successful\"} 1.0\n",
				"deltasync_runs_since_success{link=\"orders\"} 0.0\n", "deltasync_database_up 1.0\n");
		assertThat(printed).doesNotContain("deltasync_records", "jvm_");
	}

}
