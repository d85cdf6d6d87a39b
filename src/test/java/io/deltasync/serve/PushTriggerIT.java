package io.deltasync.serve;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.inbox.Inbox;
import io.deltasync.inbox.InboxLimits;
import io.deltasync.inbox.NewPush;
import io.deltasync.lease.Pauses;
import io.deltasync.run.RunTransactions;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.JobTables;
import io.deltasync.testing.Stage;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When serving processes deliver what was pushed: at once, by one of them, and again
 * after a pause while it cannot be delivered.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.POSTGRESQL })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PushTriggerIT {

	private static final List<String> LINKS = List.of("orders", "stuck");

	@Parameter
	private TestDatabase database;

	private final Stage stage = new Stage();

	private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.EPOCH);

	private Replica one;

	private Replica other;

	private JdbcTemplate jdbc;

	@BeforeParameterizedClassInvocation
	void start() {
		String schema = this.database.createSchema();
		this.one = replica(schema);
		this.other = replica(schema);
		this.jdbc = this.one.bean(JdbcTemplate.class);
	}

	private Replica replica(String schema) {
		// a testing run delivers nothing, as if the target was away
		return new Replica(this.database, schema, this.stage, LINKS, this.clock, 2,
				"deltasync.links.orders.source.adapter=push", "deltasync.links.orders.source.key=id",
				"deltasync.links.stuck.source.adapter=push", "deltasync.links.stuck.testing=true");
	}

	@AfterParameterizedClassInvocation
	void stop() {
		for (Replica replica : new Replica[] { this.one, this.other }) {
			if (replica != null) {
				replica.close();
			}
		}
	}

	@BeforeEach
	void forget() {
		JobTables.empty(this.jdbc);
		this.stage.clear();
		this.clock.set(Instant.now());
		this.one.restart();
		this.other.restart();
	}

	private void push(String link, int id) {
		RunTransactions transactions = this.one.bean(RunTransactions.class);
		NewPush push = new NewPush(UUID.randomUUID().toString(), "d".repeat(64), "application/json",
				"{\"id\":%d}".formatted(id).getBytes(StandardCharsets.UTF_8), 1);
		transactions.run(() -> this.one.bean(Inbox.class)
			.accept(link, push, new InboxLimits(100, 10_000), transactions.clock().instant()));
	}

	private List<SyncEvent> events(String link) {
		return this.one.bean(SyncEvents.class).newest(link, 10);
	}

	private void pass(Duration time) {
		this.clock.updateAndGet((now) -> now.plus(time));
	}

	@Test
	void aRequestIsDeliveredAtOnceAndNothingIsRunWithoutOne() {
		this.one.tick().awaitRuns();
		assertThat(events("orders")).isEmpty();
		push("orders", 1);
		push("orders", 2);

		this.one.tick().awaitRuns().tick().awaitRuns();

		assertThat(events("orders")).singleElement().satisfies((event) -> {
			assertThat(event.records().written()).isEqualTo(2);
			assertThat(event.trigger()).isEqualTo("push");
		});
		push("orders", 3);
		this.one.tick().awaitRuns();
		assertThat(events("orders")).hasSize(2);
	}

	@Test
	void oneOfSeveralProcessesDeliversIt() {
		push("orders", 1);

		this.one.tickSlowly();
		this.other.tick().awaitRuns();
		this.one.awaitRuns().tick().awaitRuns();

		assertThat(events("orders")).hasSize(1);
	}

	@Test
	void aPausedLinkWaits() {
		Pauses pauses = this.one.bean(Pauses.class);
		pauses.pause("orders", "admin", this.clock.get());
		push("orders", 1);

		this.one.tick().awaitRuns();

		assertThat(events("orders")).isEmpty();
		pauses.resume("orders");
		this.one.tick().awaitRuns();
		assertThat(events("orders")).hasSize(1);
	}

	@Test
	void whatCannotBeDeliveredIsTriedAgainAfterAPause() {
		push("stuck", 1);
		this.one.tick().awaitRuns().tick().awaitRuns();
		push("stuck", 2);
		this.one.tick().awaitRuns();
		this.other.tick().awaitRuns();
		assertThat(events("stuck")).hasSize(1);

		pass(Duration.ofSeconds(61));
		this.one.tick().awaitRuns().tick().awaitRuns();
		this.other.tick().awaitRuns();

		assertThat(events("stuck")).hasSize(2);
	}

	@Test
	void aRejectIsRetriedWhenItIsDue() {
		this.stage.refuse(1);
		push("orders", 1);
		this.one.tick().awaitRuns().tick().awaitRuns();
		assertThat(events("orders")).hasSize(1);
		this.jdbc.update("UPDATE SYNC_REJECT SET NEXT_TRY = LAST_SEEN");
		this.stage.clear();

		pass(Duration.ofSeconds(61));
		this.one.tick().awaitRuns();

		assertThat(events("orders")).hasSize(2);
		assertThat(events("orders").get(0).records().written()).isOne();
		assertThat(this.jdbc.queryForObject("SELECT STATE FROM SYNC_REJECT", String.class)).isEqualTo("DELIVERED");
	}

}
