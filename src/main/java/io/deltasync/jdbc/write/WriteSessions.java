package io.deltasync.jdbc.write;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

import javax.sql.DataSource;

import io.deltasync.api.RunContext;
import io.deltasync.jdbc.dialect.Session;
import io.deltasync.jdbc.dialect.SessionSettings;
import io.deltasync.jdbc.dialect.Table;

/**
 * Opens sessions to write a table. Determines the settings once per physical connection,
 * because that costs a round trip. Confined to one thread.
 */
final class WriteSessions {

	private final Map<Connection, Optional<SessionSettings>> known = new WeakHashMap<>();

	Session open(DataSource dataSource, Table table) throws SQLException {
		Connection connection = dataSource.getConnection();
		try {
			Connection physical = connection.isWrapperFor(Connection.class) ? connection.unwrap(Connection.class)
					: connection;
			Optional<SessionSettings> settings = this.known.get(physical);
			if (settings == null) {
				settings = Optional
					.ofNullable(table.dialect().settingsForWriting(connection, table, RunContext.commitLimit()));
				this.known.put(physical, settings);
			}
			return Session.forWriting(connection, settings.orElse(null));
		}
		catch (SQLException | RuntimeException ex) {
			connection.close();
			throw ex;
		}
	}

}
