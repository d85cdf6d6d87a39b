package io.deltasync.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.event.Watermark;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import io.deltasync.verified.VerifyResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Verifications that {@code serve} starts by schedule.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.POSTGRESQL })
class VerifyScheduleIT {

	private static final Instant NIGHT = Instant.parse("2026-11-20T00:30:00Z");

	@Parameter
	private TestDatabase database;

	private final AtomicReference<Instant> clock = new AtomicReference<>(NIGHT);

	private Replica replica;

	@BeforeEach
	void serve() {
		List<String> properties = new ArrayList<>(List.of("spring.main.banner-mode=off", "logging.level.root=ERROR",
				"deltasync.links.people.source.adapter=jdbc", "deltasync.links.people.source.connection=crm",
				"deltasync.links.people.source.table=people", "deltasync.links.people.target.adapter=jdbc",
				"deltasync.links.people.target.connection=warehouse", "deltasync.links.people.target.table=people",
				"deltasync.links.people.schedule=0 0 3 * * *", "deltasync.links.people.verify.schedule=0 0 4 * * *"));
		JdbcTemplate source = connection("crm", properties);
		connection("warehouse", properties);
		source.update("INSERT INTO people VALUES (1, 'Ann'), (2, 'Bob')");
		connection("repository", properties);
		properties
			.replaceAll((property) -> property.replace("deltasync.connections.repository.", "spring.datasource."));
		this.replica = new Replica(new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(properties.toArray(String[]::new))
			.run(), this.clock, 2);
		this.replica.restart();
	}

	private JdbcTemplate connection(String name, List<String> properties) {
		String schema = this.database.createSchema();
		properties.add("deltasync.connections.%s.url=%s".formatted(name, this.database.url(schema)));
		if (this.database.username() != null) {
			properties.add("deltasync.connections.%s.username=%s".formatted(name, this.database.username()));
			properties.add("deltasync.connections.%s.password=".formatted(name));
		}
		JdbcTemplate jdbc = new JdbcTemplate(this.database.dataSource(schema));
		if (!name.equals("repository")) {
			jdbc.execute("CREATE TABLE people (id BIGINT PRIMARY KEY, name VARCHAR(40))");
		}
		return jdbc;
	}

	@AfterEach
	void close() {
		this.replica.close();
	}

	private List<SyncEvent> passes(Duration time) {
		this.clock.updateAndGet((now) -> now.plus(time));
		this.replica.tick().awaitRuns().tick().awaitRuns();
		List<SyncEvent> events = new ArrayList<>(this.replica.bean(SyncEvents.class).newest("people", 10));
		Collections.reverse(events);
		return events;
	}

	@Test
	void linkIsVerifiedOnceAtItsTimeAndItsRunsAreLeftAlone() {
		assertThat(passes(Duration.ofHours(3))).as("at 3:30").extracting(SyncEvent::mode).containsExactly(Mode.DELTA);
		Watermark success = this.replica.bean(SyncEvents.class).lastSuccess("people");

		List<SyncEvent> events = passes(Duration.ofHours(1));
		assertThat(events).as("at 4:30").extracting(SyncEvent::mode).containsExactly(Mode.DELTA, Mode.VERIFY);
		assertThat(passes(Duration.ofMinutes(20))).as("at 4:50").hasSize(2);
		SyncEvent verified = events.get(1);
		assertThat(verified.trigger()).isEqualTo("verify-schedule");
		assertThat(verified.verification().fetched()).isEqualTo(2);
		assertThat(verified.verification().result()).as("%s", verified).isEqualTo(VerifyResult.IN_STEP);
		assertThat(this.replica.bean(SyncEvents.class).lastSuccess("people")).isEqualTo(success);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
