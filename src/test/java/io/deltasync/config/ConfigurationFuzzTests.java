package io.deltasync.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.RecordInFlight;
import io.deltasync.link.AdaptersForTests;
import io.deltasync.link.Link;
import io.deltasync.link.Links;
import io.deltasync.testing.Fuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is configured, it can be used, or all that is wrong with it is said with its
 * place, and without its secrets.
 */
@Timeout(value = 3, unit = java.util.concurrent.TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConfigurationFuzzTests {

	private static final String SECRET = "s3cr3t-c4nary";

	private static final String LINK = "deltasync.links.people.";

	private static final List<String> KEYS = List.of("deltasync.lease", "deltasync.workers",
			"deltasync.retention.events", "deltasync.retention.scopes", "deltasync.serve.max-runs",
			"deltasync.serve.metrics-age", "deltasync.remote.broker-url", "deltasync.remote.timeout",
			"deltasync.remote.concurrency", "deltasync.connections.crm", "deltasync.connections.crm.url",
			"deltasync.connections.crm.username", "deltasync.connections.crm.pool-size",
			"deltasync.connections.crm.connection-timeout", "deltasync.connections.crm.properties.ssl",
			"deltasync.connections.other.url", "deltasync.links", "deltasync.links.people",
			"deltasync.links.PEOPLE.source.adapter", "deltasync.links[a b].source.adapter", LINK + "batch-size-limit",
			LINK + "parallel", LINK + "lanes", LINK + "max-planning-time", LINK + "local-connection",
			LINK + "resume-crashed", LINK + "auto-replay", LINK + "auto-replay-after", LINK + "testing",
			LINK + "skip-unchanged", LINK + "deletes", LINK + "max-delete-share", LINK + "soft-delete",
			LINK + "soft-delete.gone", LINK + "quarantine-after", LINK + "mask", LINK + "mask[0]",
			LINK + "max-reject-size", LINK + "logging", LINK + "max-reject-share", LINK + "max-rejects",
			LINK + "max-logged-records", LINK + "retry.attempts", LINK + "retry.delay", LINK + "retry.multiplier",
			LINK + "retry.max-delay", LINK + "schedule", LINK + "schedule.cron", LINK + "schedule.zone",
			LINK + "run-after", LINK + "mapping", LINK + "mapping.select", LINK + "mapping.select[0]",
			LINK + "mapping.select[1]", LINK + "mapping.rename.name", LINK + "mapping.rename[a.b[0].c]",
			LINK + "mapping.constants.flag", LINK + "mapping.types.name", LINK + "mapping.types[a.b[0].c]",
			LINK + "mapping.nulls", LINK + "mapping.zone", LINK + "filters", LINK + "filters[0]",
			LINK + "filters[0].filter", LINK + "filters[0].at", LINK + "filters[0].pattern",
			LINK + "filters[0].property", LINK + "source", LINK + "source.adapter", LINK + "source.table",
			LINK + "source.connection", LINK + "source.key", LINK + "source.key[0]", LINK + "source.overlap",
			LINK + "source.mode", LINK + "source.fetch-size", LINK + "source.pin", LINK + "source.login.user",
			LINK + "target", LINK + "target.adapter", LINK + "target.table", LINK + "target.key");

	private static final List<String> VALUES = List.of("1", "10", "true", "false", "30s", "soft", "hard", "errors",
			"all", "local", "remote", "UTC", "Europe/Vienna", "0 0 3 * * *", "people", "db", "setters", "plain",
			"pattern", "broken", "deletingTarget", "crm", "id", "name", "integer", "decimal", "text", "boolean",
			"datetime", "date", "datetime dd.MM.yyyy", "decimal de", "skip", "before-mapping", "after-mapping",
			"jdbc:h2:mem:fuzz");

	private static final List<String> URLS = List.of("deltasync.connections.crm.url", "deltasync.connections.other.url",
			"deltasync.remote.broker-url");

	private static final List<String> SECRETS = List.of("jdbc:nothing://me:" + SECRET + "@host/db",
			"jdbc:nothing://host/db?user=me&password=" + SECRET, "jdbc:mysql://host/db?password=" + SECRET,
			"tcp://me:" + SECRET + "@host:61616");

	@Test
	void anyConfigurationIsUsedOrRefusedWithPlaceAndReason() {
		Fuzz.cases(400, ConfigurationFuzzTests::configure);
	}

	private static void configure(Fuzz fuzz) {
		Map<String, Object> properties = change(fuzz);
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("fuzz", properties));
		ConfigurationPropertySources.attach(environment);
		try {
			for (Link link : new Links(AdaptersForTests.beans(), environment).all()) {
				map(link, fuzz);
			}
		}
		catch (ConfigurationException ex) {
			assertThat(ex.getMessage()).as("%s", properties)
				.doesNotContain(SECRET)
				.doesNotContainPattern("NullPointer|ClassCast|IndexOutOf|StackOverflow|because \"");
			assertThat(ex.problems()).as("%s", properties).allSatisfy((problem) -> {
				assertThat(problem.property().replace("-", "")).startsWith("deltasync");
				assertThat(problem.message()).isNotBlank();
			});
		}
		catch (RuntimeException ex) {
			throw new AssertionError("%s: %s".formatted(properties, ex), ex);
		}
	}

	private static Map<String, Object> change(Fuzz fuzz) {
		// sorted: the order of Map.of differs from JVM to JVM
		Map<String, Object> properties = new LinkedHashMap<>(new TreeMap<>(
				Map.of("deltasync.connections.crm.url", "jdbc:h2:mem:crm", "deltasync.connections.crm.password", SECRET,
						LINK + "source.adapter", "db", LINK + "source.table", "a", LINK + "source.connection", "crm",
						LINK + "source.key", "id", LINK + "target.adapter", "plain", LINK + "target.table", "b")));
		for (int times = 1 + fuzz.below(4); times > 0; times--) {
			String key = fuzz.oneOf(KEYS);
			switch (fuzz.below(7)) {
				case 0 -> properties.put(key, fuzz.oneOf(VALUES));
				case 1 -> properties.put(key, fuzz.oneOf(VALUES) + fuzz.oneOf(",", " ", "") + fuzz.text());
				case 4 ->
					properties.put(fuzz.oneOf(URLS), fuzz.oneOf(SECRETS) + fuzz.oneOf("", "&", ",") + fuzz.text());
				case 2 -> properties.remove(fuzz.oneOf(new ArrayList<>(new TreeMap<>(properties).keySet())));
				case 3 -> properties.put(fuzz.change(key), fuzz.text());
				default -> properties.put(key, fuzz.text());
			}
		}
		return properties;
	}

	/** What cannot be mapped is an error of the record, or of them all. */
	private static void map(Link link, Fuzz fuzz) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("name", fuzz.oneOf(fuzz.text(), fuzz.number(), true, List.of(fuzz.text()), new Object()));
		properties.put("a", Map.of("b", List.of(Map.of("c", fuzz.text()))));
		properties.put(fuzz.text(), fuzz.text());
		RecordInFlight record = new RecordInFlight(properties);
		try {
			link.mapping().apply(record);
		}
		catch (AbortRunException ex) {
			assertThat(ex).hasMessageContaining("mapping");
		}
		catch (RuntimeException ex) {
			throw new AssertionError("mapping of %s: %s".formatted(properties, ex), ex);
		}
		assertThat(record.errors()).allSatisfy(
				(error) -> assertThat(error).doesNotContainPattern("NullPointer|ClassCast|IndexOutOf|because \""));
	}

}
