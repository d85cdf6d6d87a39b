package io.deltasync.lease;

import java.time.Instant;

import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Up to when the slots of triggers were run.
 */
@EachDatabase
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlotsIT {

	private static final Instant EIGHT = Instant.parse("2026-11-22T08:00:00.123456Z");

	private static final Instant NINE = EIGHT.plusSeconds(3600);

	@Parameter
	private TestDatabase database;

	private JdbcTemplate jdbc;

	private Slots slots;

	@BeforeParameterizedClassInvocation
	void makeTables() {
		this.jdbc = new JdbcTemplate(this.database.dataSource(this.database.createSchema()));
		this.database.makeTables(this.jdbc);
		this.slots = new Slots(this.jdbc);
	}

	@BeforeEach
	void forget() {
		this.jdbc.update("DELETE FROM SYNC_SLOT");
	}

	@Test
	void triggerIsCountedFromWhenItWasFirstKnown() {
		assertThat(this.slots.find("people", "schedule")).isEmpty();
		assertThat(this.slots.open("people", "schedule", "hourly", EIGHT.plusNanos(789))).isEqualTo(EIGHT);
		assertThat(this.slots.open("people", "schedule", "hourly", NINE)).isEqualTo(EIGHT);
		assertThat(this.slots.find("people", "schedule")).contains(EIGHT);
		assertThat(this.slots.find("people", "trigger")).isEmpty();
		assertThat(this.slots.find("orders", "schedule")).isEmpty();
	}

	@Test
	void changedTriggerIsCountedFromItsChange() {
		this.slots.open("people", "schedule", "hourly", EIGHT);
		assertThat(this.slots.open("people", "schedule", "daily", NINE)).isEqualTo(NINE);
		assertThat(this.slots.open("people", "schedule", "daily", EIGHT)).isEqualTo(NINE);
	}

	@Test
	void longDefinitionsAreComparedByTheirBeginning() {
		this.slots.open("people", "schedule", "x".repeat(500), EIGHT);
		assertThat(this.slots.open("people", "schedule", "x".repeat(501), NINE)).isEqualTo(EIGHT);
		assertThat(this.slots.open("people", "schedule", "x".repeat(499), NINE)).isEqualTo(NINE);
	}

	@Test
	void slotIsTakenWithThoseBeforeIt() {
		assertThat(this.slots.isTaken("people", "schedule", EIGHT)).as("of a trigger that nobody knows").isFalse();
		this.slots.open("people", "schedule", "hourly", EIGHT);
		assertThat(this.slots.isTaken("people", "schedule", EIGHT)).isTrue();
		assertThat(this.slots.isTaken("people", "schedule", NINE)).isFalse();
		this.slots.take("people", "schedule", NINE);
		assertThat(this.slots.isTaken("people", "schedule", NINE)).isTrue();
		assertThat(this.slots.isTaken("people", "schedule", NINE.plusNanos(1000))).isFalse();
		this.slots.take("people", "schedule", EIGHT);
		assertThat(this.slots.find("people", "schedule")).as("none is given back").contains(NINE);
	}

	@Test
	void otherTriggersAreNotTaken() {
		this.slots.open("people", "schedule", "hourly", EIGHT);
		this.slots.open("people", "trigger", "after orders", EIGHT);
		this.slots.open("orders", "schedule", "hourly", EIGHT);
		this.slots.take("people", "schedule", NINE);
		assertThat(this.slots.isTaken("people", "trigger", NINE)).isFalse();
		assertThat(this.slots.isTaken("orders", "schedule", NINE)).isFalse();
	}

}
