package io.deltasync.lease;

import java.util.Optional;
import java.util.UUID;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The identity of a JobRepository: all processes that share it are one installation.
 * Thread-safe.
 */
public class Installation {

	private final JdbcClient jdbc;

	/**
	 * Creates an installation.
	 * @param jdbc the JobRepository's database; outside transactions, each statement must
	 * be committed automatically
	 */
	public Installation(JdbcTemplate jdbc) {
		this.jdbc = JdbcClient.create(jdbc);
	}

	/**
	 * Returns the stored id, after storing a new one if there is none.
	 * @return letters, digits and hyphens, the same for all processes
	 */
	public String id() {
		Optional<String> stored = stored();
		if (stored.isEmpty()) {
			try {
				this.jdbc.sql("INSERT INTO SYNC_INSTALLATION (NUMBER, INSTALLATION_ID) VALUES (1, ?)")
					.param(UUID.randomUUID().toString())
					.update();
			}
			catch (DuplicateKeyException ex) {
				// another process was faster, and its id is used
			}
			stored = stored();
		}
		return stored.orElseThrow();
	}

	private Optional<String> stored() {
		return this.jdbc.sql("SELECT INSTALLATION_ID FROM SYNC_INSTALLATION WHERE NUMBER = 1")
			.query(String.class)
			.optional();
	}

}
