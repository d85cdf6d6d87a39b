package io.deltasync.api;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

/**
 * The connections configured under {@code deltasync.connections}, for adapters that talk
 * to a database or to another system. Inject it into the adapter's constructor.
 * Thread-safe.
 */
public interface Connections {

	/**
	 * Returns the connection pool with the given name. No connection is opened before the
	 * first use.
	 * @param name a name under {@code deltasync.connections}
	 * @return the pool, always the same one for a name; it must not be closed
	 * @throws IllegalArgumentException if there is no such name, or if the connection
	 * does not lead to a database; the message lists the configured names
	 */
	DataSource get(String name);

	/**
	 * Returns the type of a connection.
	 * @param name a name under {@code deltasync.connections}
	 * @return the type, such as {@code jdbc} or {@code sftp}
	 * @throws IllegalArgumentException if there is no such name; the message lists the
	 * configured names
	 */
	default String type(String name) {
		get(name);
		return "jdbc";
	}

	/**
	 * Returns the settings of a connection of another type than {@code jdbc}.
	 * @param <S> the type of the settings
	 * @param name a name under {@code deltasync.connections}
	 * @param type the type that the connection must have
	 * @return the settings, always the same for a name
	 * @throws IllegalArgumentException if there is no such name, or if the connection has
	 * another type; the message says which
	 */
	default <S> S settings(String name, ConnectionType<S> type) {
		throw new IllegalArgumentException(
				"There is no connection '%s' of the type %s; this application configures connections itself, so add it there"
					.formatted(name, type.name()));
	}

	/**
	 * Returns the location that a connection leads to, for a database the server, port,
	 * database and default schema of its URL, without users, passwords and options. Two
	 * connections to the same place have the same location, whatever their names.
	 * Adapters use it for {@link Adapter#identity(LinkContext)}.
	 * @param name a name under {@code deltasync.connections}
	 * @return the location, such as {@code mysql://shop.example:3306/sales}; the last
	 * part of a database's is the schema of tables that are configured without one
	 * @throws IllegalArgumentException if there is no connection with this name
	 * @throws SQLException if an implementation has to query the database and fails;
	 * never thrown for connections that DeltaSync configures
	 */
	default String location(String name) throws SQLException {
		try (Connection connection = get(name).getConnection()) {
			String url = connection.getMetaData().getURL();
			return (url != null) ? url.replaceFirst("[?;].*", "").replaceFirst("//[^/]*@", "//") : name;
		}
	}

}
