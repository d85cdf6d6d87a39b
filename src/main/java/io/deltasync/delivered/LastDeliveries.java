package io.deltasync.delivered;

import java.util.Optional;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the delivery index outside of runs. Thread-safe; every method takes part in the
 * caller's transaction.
 */
public class LastDeliveries {

	private final JdbcClient jdbc;

	/**
	 * Creates the reader.
	 * @param jdbc the JobRepository's database
	 */
	public LastDeliveries(JdbcTemplate jdbc) {
		this.jdbc = JdbcClient.create(jdbc);
	}

	/**
	 * Finds a delivery.
	 * @param link the Link's name
	 * @param target the digest of its target
	 * @param rowId the digest of the key of the row, as the target compares keys
	 * @return the delivery; empty if the Link has delivered no such row to this target,
	 * or is about to do so for the first time
	 */
	public Optional<LastDelivery> find(String link, String target, String rowId) {
		return this.jdbc.sql("""
				SELECT CONTENT_ID, LAST_EVENT FROM SYNC_DELIVERED_ROW
				WHERE LINK = ? AND ROW_ID = ? AND TARGET_ID = ? AND NOT (CONTENT_ID IS NULL AND VERSION = 1)""")
			.params(link, rowId, target)
			.query((row, number) -> new LastDelivery(row.getString(1), row.getLong(2)))
			.optional();
	}

}
