package io.deltasync;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.IntStream;

import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.lease.Lease;
import io.deltasync.lease.LeaseState;
import io.deltasync.lease.Leases;
import io.deltasync.lease.LinkBusyException;
import io.deltasync.testing.TestDatabase;
import org.assertj.core.data.TemporalUnitOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/**
 * An application that is not in UTC, whose driver and database are in other zones again.
 */
class MySqlZonesIT {

	private static final TemporalUnitOffset NEAR = within(5, ChronoUnit.MINUTES);

	private final TestDatabase database = TestDatabase.MYSQL;

	private final TimeZone before = TimeZone.getDefault();

	@BeforeEach
	void leaveUtc() {
		TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
	}

	@AfterEach
	void goBack() {
		TimeZone.setDefault(this.before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "&connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true",
			"&sessionVariables=time_zone='%2B05:30'&connectionTimeZone=%2B05:30",
			"&sessionVariables=time_zone='%2B05:30'&connectionTimeZone=SERVER" })
	void timesAreInUtc(String zones) throws Exception {
		String schema = this.database.createSchema();
		JdbcTemplate jdbc = new JdbcTemplate(this.database.dataSource(schema));
		for (String table : List.of("customer", "client")) {
			jdbc.execute("CREATE TABLE %s (id BIGINT NOT NULL PRIMARY KEY, updated_at DATETIME(6))".formatted(table));
		}
		IntStream.range(0, 95).forEach((id) -> jdbc.update("INSERT INTO customer VALUES (?, '2026-01-01')", id));
		try (ConfigurableApplicationContext application = start(this.database.url(schema) + zones)) {
			SyncEvent first = run(application);
			assertThat(first.success()).as(first.toString()).isTrue();
			assertThat(first.records().written()).isEqualTo(95);
			assertTimes(first);
			jdbc.update("UPDATE customer SET updated_at = ? WHERE id IN (3, 70)", LocalDateTime.now(ZoneOffset.UTC));
			SyncEvent delta = run(application);
			assertThat(delta.windowStart()).isEqualTo(first.runTimestamp());
			assertThat(delta.records().written()).as(delta.toString()).isEqualTo(2);
			assertTimes(delta);
			assertThat(run(application).strategy()).isEqualTo("NO_RECORDS");
			assertLeases(application, jdbc);
		}
	}

	private static void assertTimes(SyncEvent event) {
		assertThat(event.runTimestamp()).isCloseTo(Instant.now(), NEAR);
		assertThat(event.endedAt()).isCloseTo(Instant.now(), NEAR);
		assertThat(event.attempts()).singleElement()
			.satisfies((attempt) -> assertThat(attempt.startedAt()).isCloseTo(Instant.now(), NEAR)
				.isBeforeOrEqualTo(event.endedAt()));
	}

	private static void assertLeases(ConfigurableApplicationContext application, JdbcTemplate jdbc) throws Exception {
		Leases leases = application.getBean(Leases.class);
		try (Lease lease = leases.acquire("customers")) {
			lease.checkLocally();
			assertThatExceptionOfType(LinkBusyException.class).isThrownBy(() -> run(application));
		}
		assertThat(leases.states()).noneMatch(LeaseState::held);
		jdbc.update("UPDATE SYNC_LEASE SET EXPIRES_AT = UTC_TIMESTAMP(6) + INTERVAL 5 MINUTE");
		assertThat(leases.isHeld("customers")).isTrue();
		jdbc.update("UPDATE SYNC_LEASE SET EXPIRES_AT = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND");
		assertThat(run(application).success()).isTrue();
	}

	private static ConfigurableApplicationContext start(String url) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("spring.datasource.url=" + url, "spring.main.banner-mode=off", "logging.level.root=ERROR",
					"deltasync.connections.crm.url=" + url, "deltasync.links.customers.source.adapter=jdbc",
					"deltasync.links.customers.source.connection=crm",
					"deltasync.links.customers.source.table=customer",
					"deltasync.links.customers.source.delta-column=updated_at",
					"deltasync.links.customers.source.overlap=0s", "deltasync.links.customers.target.adapter=jdbc",
					"deltasync.links.customers.target.connection=crm", "deltasync.links.customers.target.table=client")
			.run();
	}

	private static SyncEvent run(ConfigurableApplicationContext application) throws Exception {
		JobExecution execution = application.getBean(JobOperator.class)
			.start(application.getBean(JobRegistry.class).getJob("customers"), new JobParameters());
		return application.getBean(SyncEvents.class).find(execution.getJobInstanceId()).orElseThrow();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
