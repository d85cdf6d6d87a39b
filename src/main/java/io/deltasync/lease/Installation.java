package io.deltasync.lease;

import java.util.List;
import java.util.UUID;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The identity of a JobRepository: all processes that share it are one installation.
 * Thread-safe.
 */
public class Installation {

	private final JdbcTemplate jdbc;

	/**
	 * Creates an installation.
	 * @param jdbc the JobRepository's database; outside transactions, each statement must
	 * be committed automatically
	 */
	public Installation(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns the stored id, after storing a new one if there is none.
	 * @return letters, digits and hyphens, the same for all processes
	 */
	public String id() {
		List<String> stored = stored();
		if (stored.isEmpty()) {
			try {
				this.jdbc.update("INSERT INTO SYNC_INSTALLATION (NUMBER, INSTALLATION_ID) VALUES (1, ?)",
						UUID.randomUUID().toString());
			}
			catch (DuplicateKeyException ex) {
				// another process was faster, and its id is used
			}
			stored = stored();
		}
		return stored.get(0);
	}

	private List<String> stored() {
		return this.jdbc.queryForList("SELECT INSTALLATION_ID FROM SYNC_INSTALLATION WHERE NUMBER = 1", String.class);
	}

}
