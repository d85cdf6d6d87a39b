package io.deltasync.lease;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

import io.deltasync.schema.Columns;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores up to which time the slots of a Link were run, for each trigger that creates
 * slots. Each slot is therefore run once, by whichever process comes first, and a slot
 * that was missed while no process was running is still due. A slot is claimed by a run
 * that holds the Link. Thread-safe.
 */
public class Slots {

	private static final int MAX_DEFINITION = 500;

	private final JdbcClient jdbc;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 */
	public Slots(JdbcTemplate jdbc) {
		this.jdbc = JdbcClient.create(jdbc);
	}

	/**
	 * Registers a trigger. Slots count from then on, and from the new time if the
	 * trigger's definition has changed.
	 * @param link the Link's name
	 * @param trigger the trigger
	 * @param definition describes the trigger's slots; compared by its first
	 * {@value #MAX_DEFINITION} characters
	 * @param from where to count from, if the trigger was not known with this definition
	 * @return up to when the slots were run
	 */
	public Instant open(String link, String trigger, String definition, Instant from) {
		String stored = (definition.length() <= MAX_DEFINITION) ? definition : definition.substring(0, MAX_DEFINITION);
		this.jdbc.sql(
				"UPDATE SYNC_SLOT SET DEFINITION = ?, TAKEN_UNTIL = ? WHERE LINK = ? AND CAUSE = ? AND DEFINITION <> ?")
			.params(stored, utc(from), link, trigger, stored)
			.update();
		Optional<Instant> known = find(link, trigger);
		if (known.isPresent()) {
			return known.get();
		}
		try {
			this.jdbc.sql("INSERT INTO SYNC_SLOT (LINK, CAUSE, DEFINITION, TAKEN_UNTIL) VALUES (?, ?, ?, ?)")
				.params(link, trigger, stored, utc(from))
				.update();
			return from.truncatedTo(ChronoUnit.MICROS);
		}
		catch (DuplicateKeyException ex) {
			// another process was faster
			return find(link, trigger).orElseThrow(() -> ex);
		}
	}

	/**
	 * Finds up to when the slots were run.
	 * @param link the Link's name
	 * @param trigger the trigger that created the slots
	 * @return the time, or empty when the trigger is not known
	 */
	public Optional<Instant> find(String link, String trigger) {
		return this.jdbc.sql("SELECT TAKEN_UNTIL FROM SYNC_SLOT WHERE LINK = ? AND CAUSE = ?")
			.params(link, trigger)
			.query((row, number) -> Objects.requireNonNull(Columns.instant(row, "TAKEN_UNTIL")))
			.optional();
	}

	/**
	 * Whether a slot was run.
	 * @param link the Link's name
	 * @param trigger the trigger that created the slot
	 * @param slot its time
	 * @return true if this slot or a later one was run
	 */
	public boolean isTaken(String link, String trigger, Instant slot) {
		return find(link, trigger).filter((until) -> !slot.isAfter(until)).isPresent();
	}

	/**
	 * Claims a slot and all earlier ones.
	 * @param link the Link's name
	 * @param trigger the trigger that created the slot
	 * @param slot its time
	 */
	public void take(String link, String trigger, Instant slot) {
		this.jdbc.sql("UPDATE SYNC_SLOT SET TAKEN_UNTIL = ? WHERE LINK = ? AND CAUSE = ? AND TAKEN_UNTIL < ?")
			.params(utc(slot), link, trigger, utc(slot))
			.update();
	}

	/**
	 * Releases a slot whose run was stopped because its process was asked to end. The
	 * slot is due again at once, for any process. Does nothing if a later slot was
	 * claimed in the meantime.
	 * @param link the Link's name
	 * @param trigger the trigger that created the slot
	 * @param slot its time
	 */
	public void giveBack(String link, String trigger, Instant slot) {
		this.jdbc.sql("UPDATE SYNC_SLOT SET TAKEN_UNTIL = ? WHERE LINK = ? AND CAUSE = ? AND TAKEN_UNTIL = ?")
			.params(utc(slot.truncatedTo(ChronoUnit.MICROS).minus(1, ChronoUnit.MICROS)), link, trigger, utc(slot))
			.update();
	}

	/**
	 * Releases the newest slots of a Link.
	 * @param link the Link's name
	 * @param triggers chooses the triggers whose slots are released
	 */
	public void giveBack(String link, Predicate<String> triggers) {
		this.jdbc.sql("SELECT CAUSE FROM SYNC_SLOT WHERE LINK = ?")
			.param(link)
			.query(String.class)
			.list()
			.stream()
			.filter(triggers)
			.forEach((trigger) -> find(link, trigger).ifPresent((slot) -> giveBack(link, trigger, slot)));
	}

	private static LocalDateTime utc(Instant time) {
		return Columns.utc(time.truncatedTo(ChronoUnit.MICROS));
	}

}
