package io.deltasync.api;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

/**
 * The databases configured under {@code deltasync.connections}, for adapters that talk to
 * one of them. Inject it into the adapter's constructor. Thread-safe.
 */
public interface Connections {

	/**
	 * Returns the connection pool with the given name. No connection is opened before the
	 * first use.
	 * @param name a name under {@code deltasync.connections}
	 * @return the pool, always the same one for a name; it must not be closed
	 * @throws IllegalArgumentException if there is no such name; the message lists the
	 * configured names
	 */
	DataSource get(String name);

	/**
	 * Returns the location of the database that a connection leads to: server, port,
	 * database and default schema of its URL, without users, passwords and options. Two
	 * connections to the same database have the same location, whatever their names.
	 * Adapters use it for {@link Adapter#identity(LinkContext)}.
	 * @param name a name under {@code deltasync.connections}
	 * @return the location, such as {@code mysql://shop.example:3306/sales}; its last
	 * part is the schema of tables that are configured without one
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
