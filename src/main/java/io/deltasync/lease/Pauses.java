package io.deltasync.lease;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.deltasync.schema.AbsentRows;
import io.deltasync.schema.Columns;
import io.deltasync.schema.Product;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The Links that a person has paused: they are not run automatically, but can be run by
 * hand. Every method takes part in the caller's transaction. Thread-safe.
 */
public class Pauses {

	private final JdbcClient jdbc;

	private final AbsentRows absent;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 * @param product its product
	 */
	public Pauses(JdbcTemplate jdbc, Product product) {
		this.jdbc = JdbcClient.create(jdbc);
		this.absent = new AbsentRows(jdbc, product);
	}

	/**
	 * Pauses a Link.
	 * @param link the Link's name
	 * @param who the person
	 * @param now the current time
	 * @return false if it is paused already
	 */
	public boolean pause(String link, String who, Instant now) {
		return this.absent.insert("INSERT INTO SYNC_PAUSE (LINK, WHO, SINCE) VALUES (?, ?, ?)", link, who,
				Columns.utc(now.truncatedTo(ChronoUnit.MICROS)));
	}

	/**
	 * Resumes a Link.
	 * @param link the Link's name
	 * @return false if it is not paused
	 */
	public boolean resume(String link) {
		return this.jdbc.sql("DELETE FROM SYNC_PAUSE WHERE LINK = ?").param(link).update() > 0;
	}

	/**
	 * Lists the paused Links.
	 * @return the pauses by the Links' names; may be empty
	 */
	public Map<String, Pause> all() {
		Map<String, Pause> pauses = new HashMap<>();
		this.jdbc.sql("SELECT LINK, WHO, SINCE FROM SYNC_PAUSE").query((row) -> {
			pauses.put(row.getString("LINK"),
					new Pause(row.getString("WHO"), Objects.requireNonNull(Columns.instant(row, "SINCE"))));
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
