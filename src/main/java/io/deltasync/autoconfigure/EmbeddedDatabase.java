package io.deltasync.autoconfigure;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.deltasync.schema.EmbeddedFile;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Recognises an H2 database in a file that only this process has open. H2 has locked the
 * file, so any other process that used it before has ended.
 */
final class EmbeddedDatabase {

	private static final Set<String> OPENED = ConcurrentHashMap.newKeySet();

	private EmbeddedDatabase() {
	}

	/**
	 * Whether a database has just been opened by this process, and by no other.
	 * @param jdbc the database
	 * @param configured its URL with all settings, none of which H2 itself reports; null
	 * if it is not known
	 * @return true once for each database; false where another process may use it too
	 */
	static boolean isOpenedHere(JdbcTemplate jdbc, @Nullable String configured) {
		return configured != null && Boolean.TRUE
			.equals(jdbc.execute((ConnectionCallback<Boolean>) (connection) -> isOpenedHere(connection, configured)));
	}

	private static boolean isOpenedHere(Connection connection, String configured) throws SQLException {
		String url = connection.getMetaData().getURL();
		if (url == null || !configured.startsWith(url) || !EmbeddedFile.isLocked(configured) || isServed(connection)) {
			return false;
		}
		return OPENED.add(url);
	}

	/** Whether this process serves its databases to other processes with an H2 server. */
	private static boolean isServed(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet sessions = statement
					.executeQuery("SELECT 1 FROM INFORMATION_SCHEMA.SESSIONS WHERE CLIENT_ADDR IS NOT NULL")) {
			return sessions.next();
		}
	}

}
