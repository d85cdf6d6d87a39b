package io.deltasync.lease;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Predicate;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Up to when the slots of a Link were run, for each trigger that gives it any: so that a
 * slot is run once, whichever process is the first, and one that nobody was there for is
 * not forgotten. A slot is taken by a run that holds the Link. Thread-safe.
 */
public class Slots {

	private static final int MAX_DEFINITION = 500;

	private final JdbcTemplate jdbc;

	public Slots(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Makes a trigger known. Slots count from then on; they do anew when the trigger is
	 * defined otherwise.
	 * @param link the Link's name
	 * @param trigger what gives it slots
	 * @param definition which slots these are
	 * @param from where to count from, if the trigger was not known like this
	 * @return up to when the slots were run
	 */
	public Instant open(String link, String trigger, String definition, Instant from) {
		String stored = (definition.length() <= MAX_DEFINITION) ? definition : definition.substring(0, MAX_DEFINITION);
		this.jdbc.update(
				"UPDATE SYNC_SLOT SET DEFINITION = ?, TAKEN_UNTIL = ? WHERE LINK = ? AND CAUSE = ? AND DEFINITION <> ?",
				stored, utc(from), link, trigger, stored);
		Optional<Instant> known = find(link, trigger);
		if (known.isPresent()) {
			return known.get();
		}
		try {
			this.jdbc.update("INSERT INTO SYNC_SLOT (LINK, CAUSE, DEFINITION, TAKEN_UNTIL) VALUES (?, ?, ?, ?)", link,
					trigger, stored, utc(from));
			return from.truncatedTo(ChronoUnit.MICROS);
		}
		catch (DuplicateKeyException ex) {
			// another process was the first
			return find(link, trigger).orElseThrow(() -> ex);
		}
	}

	/**
	 * Finds up to when the slots were run.
	 * @param link the Link's name
	 * @param trigger what gives it slots
	 * @return the time, or empty when the trigger is not known
	 */
	public Optional<Instant> find(String link, String trigger) {
		return this.jdbc
			.queryForList("SELECT TAKEN_UNTIL FROM SYNC_SLOT WHERE LINK = ? AND CAUSE = ?", LocalDateTime.class, link,
					trigger)
			.stream()
			.map((time) -> time.toInstant(ZoneOffset.UTC))
			.findFirst();
	}

	/**
	 * Tells whether a slot was run.
	 * @param link the Link's name
	 * @param trigger what gave the slot
	 * @param slot its time
	 * @return true if that or a later one was
	 */
	public boolean isTaken(String link, String trigger, Instant slot) {
		return find(link, trigger).filter((until) -> !slot.isAfter(until)).isPresent();
	}

	/**
	 * Takes a slot, and those before it.
	 * @param link the Link's name
	 * @param trigger what gave the slot
	 * @param slot its time
	 */
	public void take(String link, String trigger, Instant slot) {
		this.jdbc.update("UPDATE SYNC_SLOT SET TAKEN_UNTIL = ? WHERE LINK = ? AND CAUSE = ? AND TAKEN_UNTIL < ?",
				utc(slot), link, trigger, utc(slot));
	}

	/**
	 * Gives back a slot whose run was stopped because its process was told to end: it is
	 * due again at once, for whichever process is the next. Does nothing if a later slot
	 * was taken meanwhile.
	 * @param link the Link's name
	 * @param trigger what gave the slot
	 * @param slot its time
	 */
	public void giveBack(String link, String trigger, Instant slot) {
		this.jdbc.update("UPDATE SYNC_SLOT SET TAKEN_UNTIL = ? WHERE LINK = ? AND CAUSE = ? AND TAKEN_UNTIL = ?",
				utc(slot.truncatedTo(ChronoUnit.MICROS).minus(1, ChronoUnit.MICROS)), link, trigger, utc(slot));
	}

	/**
	 * Gives back the newest slots of a Link.
	 * @param link the Link's name
	 * @param triggers chooses the triggers whose slots are given back
	 */
	public void giveBack(String link, Predicate<String> triggers) {
		this.jdbc.queryForList("SELECT CAUSE FROM SYNC_SLOT WHERE LINK = ?", String.class, link)
			.stream()
			.filter(triggers)
			.forEach((trigger) -> find(link, trigger).ifPresent((slot) -> giveBack(link, trigger, slot)));
	}

	private static LocalDateTime utc(Instant time) {
		return LocalDateTime.ofInstant(time.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
	}

}
