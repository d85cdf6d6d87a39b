package io.deltasync.lease;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The Links that a person has paused: they are not run automatically, but can be run by
 * hand. Every method takes part in the caller's transaction. Thread-safe.
 */
public class Pauses {

	private final JdbcTemplate jdbc;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 */
	public Pauses(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Pauses a Link.
	 * @param link the Link's name
	 * @param who the person
	 * @param now the current time
	 * @return false if it is paused already
	 */
	public boolean pause(String link, String who, Instant now) {
		try {
			this.jdbc.update("INSERT INTO SYNC_PAUSE (LINK, WHO, SINCE) VALUES (?, ?, ?)", link, who,
					LocalDateTime.ofInstant(now.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC));
			return true;
		}
		catch (DuplicateKeyException ex) {
			return false;
		}
	}

	/**
	 * Resumes a Link.
	 * @param link the Link's name
	 * @return false if it is not paused
	 */
	public boolean resume(String link) {
		return this.jdbc.update("DELETE FROM SYNC_PAUSE WHERE LINK = ?", link) > 0;
	}

	/**
	 * Lists the paused Links.
	 * @return the pauses by the Links' names; may be empty
	 */
	public Map<String, Pause> all() {
		Map<String, Pause> pauses = new HashMap<>();
		this.jdbc.query("SELECT LINK, WHO, SINCE FROM SYNC_PAUSE", (row) -> {
			pauses.put(row.getString(1),
					new Pause(row.getString(2), row.getObject(3, LocalDateTime.class).toInstant(ZoneOffset.UTC)));
		});
		return pauses;
	}

	/**
	 * Why a Link is not run automatically.
	 *
	 * @param who the person who paused it
	 * @param since when
	 */
	public record Pause(String who, Instant since) {

	}

}
