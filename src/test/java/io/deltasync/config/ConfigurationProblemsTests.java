package io.deltasync.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import io.deltasync.link.AdaptersForTests;
import io.deltasync.link.EngineSettings;
import io.deltasync.link.Link;
import io.deltasync.link.Links;
import io.deltasync.link.Retention;
import io.deltasync.link.WorkerMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.CompositePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ConfigurationProblemsTests {

	private static final String SOURCE = "source: { adapter: db, table: a, connection: crm, key: id }";

	private static final String TARGET = "target: { adapter: plain, table: b }";

	@Test
	void allProblemsOfAllLinksAndConnectionsAreReportedAtOnce() {
		ConfigurationException failure = failure("""
				deltasync:
				  lease: soon
				  link: { customers: { parallel: true } }
				  connections:
				    crm: { username: me, pool-size: 0, url: "jdbc:nothing://me:pw@host/db" }
				    erp: { urls: "jdbc:h2:mem:erp" }
				  links:
				    customers:
				      batch-size-limit: 0
				      paralel: true
				      lanes: many
				      source: { adapter: db, tabel: customer, conection: crm, key: id, overlap: long }
				      target: { adapter: dbb, table: customer }
				    orders:
				      source: jdbc
				""");

		assertThat(failure.problems()).extracting(ConfigurationProblem::property)
			.containsExactlyInAnyOrder("deltasync.lease", "deltasync.link", "deltasync.connections.crm.pool-size",
					"deltasync.connections.crm.url", "deltasync.connections.erp.url", "deltasync.connections.erp.urls",
					"deltasync.links.customers.batch-size-limit", "deltasync.links.customers.paralel",
					"deltasync.links.customers.lanes", "deltasync.links.customers.source.tabel",
					"deltasync.links.customers.source.table", "deltasync.links.customers.source.conection",
					"deltasync.links.customers.source.connection", "deltasync.links.customers.source.overlap",
					"deltasync.links.customers.target.adapter", "deltasync.links.orders.source",
					"deltasync.links.orders.target");
		assertThat(failure).hasMessageStartingWith("The configuration has 17 problems:\n")
			.hasMessageContaining(
					"\n   2. deltasync.link (application.yaml:3)\n      is not a known key (did you mean 'links'?). "
							+ "Known here: buffer-memory, connections, enabled, lease, links, notifications, push, remote, retention, serve, workers\n")
			.hasMessageContaining(
					"deltasync.links.customers.source.overlap (application.yaml:12)\n      Link 'customers': 'long' is not a duration")
			.hasMessageNotContaining("me:pw");
		assertThat(failure.getExitCode()).isEqualTo(4);
	}

	@Test
	void durationsWithoutAUnitAreRefused() {
		ConfigurationException failure = failure("""
				length: 20
				deltasync:
				  lease: 60000
				  connections: { crm: { url: "jdbc:h2:mem:crm", connection-timeout: "1000" } }
				  links:
				    customers:
				      source: { adapter: db, table: a, connection: crm, key: id, overlap: "${length}" }
				      %s
				      retry: { delay: 5, max-delay: PT10S }
				      max-planning-time: 24
				""".formatted(TARGET));

		assertThat(failure.problems()).extracting(ConfigurationProblem::property)
			.containsExactlyInAnyOrder("deltasync.lease", "deltasync.connections.crm.connection-timeout",
					"deltasync.links.customers.source.overlap", "deltasync.links.customers.retry.delay",
					"deltasync.links.customers.max-planning-time");
		assertThat(failure).hasMessageContaining(
				"Link 'customers': '5' has no unit; write the unit behind the number: ms, s, m, h or d");
	}

	@Test
	void zeroNeedsNoUnitAndAdapterOptionsMayHaveADefaultUnit() {
		DurationOptions options = new Section(new ConfigurationReader(new YamlEnvironment("""
				adapter: { none: 0, minutes: 5 }
				""")), ConfigurationPropertyName.of("adapter"), null).bind(DurationOptions.class);

		assertThat(options).isEqualTo(new DurationOptions(Duration.ZERO, Duration.ofMinutes(5)));
	}

	record DurationOptions(Duration none, @DurationUnit(ChronoUnit.MINUTES) Duration minutes) {

	}

	@Test
	void deletesNeedASupportingTargetAndSoftDeletesNeedProperties() {
		ConfigurationException failure = failure("""
				deltasync:
				  links:
				    customers:
				      %s
				      %s
				      deletes: soft
				      max-delete-share: 101
				    orders:
				      %s
				      %s
				      deletes: hard
				      soft-delete: { gone: true }
				""".formatted(SOURCE, TARGET, SOURCE, TARGET));

		assertThat(failure.problems()).extracting(ConfigurationProblem::property)
			.containsExactlyInAnyOrder("deltasync.links.customers.deletes",
					"deltasync.links.customers.max-delete-share", "deltasync.links.customers.soft-delete",
					"deltasync.links.orders.deletes", "deltasync.links.orders.soft-delete");
		assertThat(failure).hasMessageContaining("implement TargetAdapterForDeletes");
	}

	@Test
	void failureAnalyzerPrintsProblemsWithoutAStackTrace() {
		ConfigurationException failure = failure("deltasync.lease: soon");

		FailureAnalysis analysis = SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, FailureHandler.handleMessage((message, ex) -> {
			}))
			.stream()
			.filter(ConfigurationFailureAnalyzer.class::isInstance)
			.findFirst()
			.orElseThrow()
			.analyze(new BeanCreationException("links", "failed", failure));

		assertThat(analysis).isNotNull();
		assertThat(analysis.getDescription()).contains("1. deltasync.lease (application.yaml:1)");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
							source.adapter | adapter: dbb, table: a           | is 'dbb', but there is no such adapter (did you mean 'db'?); give one of: broken, db, onlyOne, setters
							source.adapter | adapter: dbTarget, table: a      | names the bean 'dbTarget' of type DbTarget, which is not a SourceAdapter
							source.adapter | adapter: clock, table: a         | names the bean 'clock' of type Duration, which is not a SourceAdapter
							source.adapter | adapter: onlyOne, table: a       | names the bean 'onlyOne', which is not of prototype scope
							source.adapter | adapter: broken, table: a        | names the bean 'broken', which cannot be created: the licence has expired
							source.adapter | table: a                         | is missing; give one of: broken, db, onlyOne, setters
							source.adapter | adapter: '${nope}', table: a     | the placeholder ${nope} has no value
							source.table   | adapter: setters                 | is missing; give the table to read from
							source.table   | adapter: setters, table: ''      | is missing
							source.table   | adapter: setters, table: [a, b]  | takes a single value, but there is a list or a group of keys
							source.dept    | adapter: setters, table: a, dept: 1   | is not a known key (did you mean 'depth'?). Known here: adapter, depth, path, table
							source.depth   | adapter: setters, table: a, depth: x  | 'x' is not a whole number, or out of range
							source.depth   | adapter: setters, table: a, depth: 99999999999 | is not a whole number, or out of range
							source         | adapter: setters, table: a, depth: -1 | the depth must not be negative
							source         | adapter: db, table: a, connection: crm, key: id, fetch-size: -1 | fetch-size is negative
							source         | adapter: db, table: a, connection: nowhere, key: id | there is no connection 'nowhere'
							source.key     | adapter: db, table: a, connection: crm                  | is missing
							source.connection | adapter: db, table: a, connection: '', key: id       | is missing
					source.connection | adapter: db, table: a, connection: [a, b], key: id   | takes a single value
							source.mode    | adapter: db, table: a, connection: crm, key: id, mode: slow | 'slow' is none of fast, very-careful
							source.pin     | adapter: db, table: a, connection: crm, key: id, pin: '${nope}' | the placeholder ${nope} has no value; set it, or give a default: ${nope:…}
							source.login.user | adapter: db, table: a, connection: crm, key: id, login: { password: x } | is missing
							source.login.name | adapter: db, table: a, connection: crm, key: id, login: { user: u, name: x } | is not a known key. Known here: password, user
							""")
	void aSourceThatCannotBeUsedIsReportedWithPlaceAndRemedy(String key, String source, String message) {
		ConfigurationException failure = failure("""
				deltasync.links.customers:
				  %s
				  source: { %s }
				""".formatted(TARGET, source));

		assertThat(failure.problems()).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo("deltasync.links.customers." + key);
			assertThat(problem.link()).isEqualTo("customers");
			assertThat(problem.message()).contains(message);
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					schedule      | '0 3 * * *'                                | it has five fields; six are needed, seconds first: '0 0 3 * * *'
					schedule.cron | { cron: '0 0 25 * * *' }                   | '0 0 25 * * *' is not a cron expression such as '0 30 3 * * *', which is each day at 3:30
					schedule.cron | { zone: UTC }                              | is missing
					schedule.zone | { cron: '@daily', zone: Mars/Olympus }     | 'Mars/Olympus' is not a time zone such as UTC
					schedule.tz   | { cron: '@daily', tz: UTC }                | is not a known key. Known here: cron, zone
					""")
	void aScheduleThatCannotBeUsedIsReported(String key, String schedule, String message) {
		ConfigurationException failure = failure("""
				deltasync.links.customers:
				  %s
				  %s
				  schedule: %s
				""".formatted("source: { adapter: setters, table: a }", TARGET, schedule));

		assertThat(failure.problems()).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo("deltasync.links.customers." + key);
			assertThat(problem.message()).contains(message);
		});
	}

	@Test
	void cyclesAndUnknownLinksInRunAfterAreReported() {
		String ends = "source: { adapter: setters, table: a }, target: { adapter: plain, table: b }";
		ConfigurationException failure = failure("""
				deltasync.links:
				  orders: { run-after: customer, %1$s }
				  customers: { %1$s }
				  itself: { run-after: itself, %1$s }
				  hen: { run-after: egg, %1$s }
				  egg: { run-after: hen, %1$s }
				  chick: { run-after: hen, %1$s }
				""".formatted(ends));

		assertThat(failure.problems()).extracting(ConfigurationProblem::property)
			.containsExactlyInAnyOrder("deltasync.links.orders.run-after", "deltasync.links.itself.run-after",
					"deltasync.links.hen.run-after", "deltasync.links.egg.run-after");
		assertThat(failure)
			.hasMessageContaining("the Link 'customer', which does not exist (did you mean 'customers'?)");
	}

	@Test
	void adapterWithoutOptionsAcceptsNoOtherKeys() {
		ConfigurationException failure = failure("""
				deltasync.links.customers:
				  %s
				  target: { adapter: plain, table: b, key: id }
				""".formatted(SOURCE));

		assertThat(failure.problems()).singleElement().hasToString("""
				deltasync.links.customers.target.key (application.yaml:3)
				Link 'customers': is not a known key. Known here: adapter, table""");
	}

	@Test
	void emptyLinkLacksSourceAndTarget() {
		assertThat(failure("deltasync.links.customers:").problems()).extracting(ConfigurationProblem::property)
			.containsExactly("deltasync.links.customers.source", "deltasync.links.customers.target");
	}

	@Test
	void namesThatAreTooLongOrBlankOrDifferOnlyInCaseAreRefused() {
		String ends = ": { " + SOURCE + ", " + TARGET + " }\n";
		ConfigurationException failure = failure("deltasync.links:\n" + "  " + "x".repeat(81) + ends + "  "
				+ "y".repeat(80) + ends + "  \"[ ]\"" + ends + "  \"[daily]\"" + ends + "  \"[Daily]\"" + ends);

		assertThat(failure.problems()).extracting(ConfigurationProblem::message)
			.satisfiesExactlyInAnyOrder(
					(message) -> assertThat(message).isEqualTo("has a name of 81 characters; give one of up to 80"),
					(message) -> assertThat(message).startsWith("has no name"), (message) -> assertThat(message)
						.startsWith("has a name that differs from the Link 'daily' only in case"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "lanes: 0", "lanes: -3", "batch-size-limit: 0", "batch-size-limit: 100001",
			"parallel: perhaps", "auto-replay: 11", "auto-replay: -1", "auto-replay-after: 0s" })
	void settingsOutOfRangeAreRefused(String setting) {
		ConfigurationException failure = failure("""
				deltasync.links.customers:
				  %s
				  %s
				  %s
				""".formatted(SOURCE, TARGET, setting));

		assertThat(failure.problems()).singleElement()
			.extracting(ConfigurationProblem::property)
			.isEqualTo("deltasync.links.customers." + setting.substring(0, setting.indexOf(':')));
	}

	@ParameterizedTest
	@ValueSource(strings = { "lanes:", "mapping:", "mapping: {}", "mapping: { rename: {} }", "batch-size-limit: ''" })
	void keyWithoutAValueCountsAsMissing(String setting) {
		YamlEnvironment environment = new YamlEnvironment("""
				deltasync.links.customers:
				  %s
				  %s
				  %s
				""".formatted(SOURCE, TARGET, setting));

		Link link = new Links(AdaptersForTests.beans(), environment).get("customers");

		assertThat(link.batchSizeLimit()).isEqualTo(1000);
		assertThat(link.mapping().isIdentity()).isTrue();
	}

	@Test
	void secretsAreNeverShown() {
		ConfigurationException failure = failure("""
				deltasync.connections:
				  crm:
				    url: jdbc:nothing:x;password=hunter2
				    password: hunter2
				    pool-size: x
				deltasync.links.customers:
				  %s
				  source: { adapter: db, table: a, connection: crm, key: id, pin: "hunter2" }
				""".formatted(TARGET));

		assertThat(failure).hasMessageContaining("jdbc:nothing:x;password=***");
		assertThat(failure.problems()).filteredOn((problem) -> !problem.property().endsWith("pin"))
			.noneMatch((problem) -> problem.toString().contains("hunter2"));
	}

	@Test
	void nameThatWouldLoseCharactersIsRefused() {
		ConfigurationException failure = failure("""
				deltasync.links:
				  Orders EU/daily:
				    %s
				    %s
				    mapping: { rename: { "[First Name]": first_name, Größe: size } }
				""".formatted(SOURCE, TARGET));

		assertThat(failure.problems()).extracting(ConfigurationProblem::toString).containsExactly("""
				deltasync.links.Orders EU/daily (application.yaml:3)
				holds ' ', which would be dropped; write the key in brackets and quotes: "[Orders EU/daily]\"""");
	}

	@Test
	void namesThatWouldBecomeTheSameAreRefused() {
		ConfigurationException failure = failure("""
				deltasync.links:
				  orders-eu:
				    %s
				    %s
				    mapping: { rename: { First_Name: a, firstName: b, "[first_name]": c } }
				  ordersEU:
				    %s
				    %s
				""".formatted(SOURCE, TARGET, SOURCE, TARGET));

		assertThat(failure.problems()).extracting(ConfigurationProblem::message)
			.anySatisfy((message) -> assertThat(message).startsWith("is the same name as 'orders-eu'")
				.contains("\"[orders-eu]\" and \"[ordersEU]\""))
			.anySatisfy((message) -> assertThat(message).startsWith("is the same name as 'First_Name'"));
	}

	@Test
	void environmentVariablesAndOverridingFilesMaySpellANameDifferently() {
		YamlEnvironment environment = new YamlEnvironment("deltasync.links.orders-eu.batchSizeLimit: 5")
			.addLast("base.yaml", """
					deltasync.links.orders-eu:
					  batch-size-limit: 50
					  %s
					  %s
					""".formatted(SOURCE.replace("crm", "shop"), TARGET))
			.withVariables(Map.of("DELTASYNC_LINKS_ORDERSEU_LANES", "3"));

		assertThat(new Links(AdaptersForTests.beans(), environment).get("orders-eu").batchSizeLimit()).isEqualTo(5);
	}

	@Test
	void filesOfOneSourceMaySpellANameDifferently() {
		YamlEnvironment environment = new YamlEnvironment("""
				deltasync.links.orders-eu:
				  %s
				  %s
				""".formatted(SOURCE.replace("crm", "shop"), TARGET));
		CompositePropertySource both = new CompositePropertySource("both");
		both.addPropertySource(new MapPropertySource("one", Map.of("deltasync.links.orders-eu.lanes", "3")));
		both.addPropertySource(new MapPropertySource("other", Map.of("deltasync.links.ordersEU.Lanes", "5")));
		environment.getPropertySources().addFirst(both);

		assertThat(new Links(AdaptersForTests.beans(), environment).get("orders-eu").lanes()).isEqualTo(3);
	}

	@Test
	void overridingListReplacesALongerOneCompletely() {
		YamlEnvironment environment = new YamlEnvironment("deltasync.links.customers.source.key: [id]")
			.addLast("base.yaml", """
					deltasync.links.customers:
					  target: { adapter: plain, table: b }
					  source: { adapter: db, table: a, connection: crm, key: [region, country, id] }
					""");

		Link link = new Links(AdaptersForTests.beans(), environment).get("customers");

		assertThat(((AdaptersForTests.DbSource) link.newSource()).options.key()).isEqualTo(List.of("id"));
	}

	@Test
	void variablesOfOthersAreNotUnknownKeys() {
		YamlEnvironment environment = new YamlEnvironment("a: b")
			.withVariables(Map.of("DELTASYNC_SERVICE_HOST", "10.0.0.1", "DELTASYNC_LEASE", "5m"));

		assertThat(new Links(AdaptersForTests.beans(), environment).all()).isEmpty();
		assertThat(new Links(AdaptersForTests.beans(), environment).engine().lease()).hasMinutes(5);
	}

	@Test
	void retentionHasDefaultsAndMustBePositive() {
		assertThat(engine("deltasync.retention.scopes: 1d").retention())
			.isEqualTo(new Retention(Duration.ofDays(90), Duration.ofDays(90), Duration.ofDays(1), Duration.ofDays(7)));
		assertThat(failure("deltasync.retention.events: -1d").problems()).singleElement()
			.extracting(ConfigurationProblem::property)
			.isEqualTo("deltasync.retention.events");
	}

	@ParameterizedTest
	@CsvSource({ "broker-url, not a url", "broker-url, broker", "queue, ''", "timeout, 0s", "timeout, soon",
			"concurrency, 0" })
	void settingsOfWorkersOutOfRangeAreRefused(String key, String value) {
		assertThat(failure("deltasync.remote.%s: \"%s\"".formatted(key, value)).problems()).singleElement()
			.extracting(ConfigurationProblem::property)
			.isEqualTo("deltasync.remote." + key);
	}

	@Test
	void workersNeedABroker() {
		assertThat(failure("deltasync.workers: remote").problems()).singleElement()
			.asString()
			.contains("deltasync.remote.broker-url", "such as tcp://broker:61616");
	}

	@Test
	void passwordOfTheBrokerIsNotPrinted() {
		EngineSettings settings = engine(
				"""
						deltasync:
						  workers: remote
						  remote: { broker-url: "(tcp://a:1,tcp://b:2)?trustStorePassword=hidden", username: me, password: secret }
						""");

		assertThat(settings.workers()).isEqualTo(WorkerMode.REMOTE);
		assertThat(settings.remote().toString()).contains("tcp://a:1", "deltasync.lanes")
			.doesNotContain("hidden")
			.doesNotContain("secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0s", "-5s", "never" })
	void tooShortLeaseIsRefused(String lease) {
		assertThat(failure("deltasync.lease: " + lease).problems()).singleElement()
			.extracting(ConfigurationProblem::property)
			.isEqualTo("deltasync.lease");
	}

	private static EngineSettings engine(String yaml) {
		return new Links(AdaptersForTests.beans(), new YamlEnvironment(yaml)).engine();
	}

	private static ConfigurationException failure(String yaml) {
		ConfigurationException failure = catchThrowableOfType(ConfigurationException.class,
				() -> new Links(AdaptersForTests.beans(), new YamlEnvironment(yaml)));
		assertThat(failure).as("nothing was wrong").isNotNull();
		return failure;
	}

}
