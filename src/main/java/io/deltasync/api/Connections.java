package io.deltasync.api;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

/**
 * The databases configured under {@code deltasync.connections}, for adapters that talk to
 * one. Inject it into the adapter's constructor. Safe for use by many threads.
 */
public interface Connections {

	/**
	 * Finds a pooled connection by name. Nothing is connected before the first use.
	 * @param name a name under {@code deltasync.connections}
	 * @return the pool, the same one at each call; do not close it
	 * @throws IllegalArgumentException when there is no such name; the message lists
	 * those that there are
	 */
	DataSource get(String name);

	/**
	 * Returns the database that a connection leads to: server, port, database and default
	 * schema of its URL, without users, passwords and options. Two connections to the
	 * same database have the same location, whatever their names. Adapters use it for
	 * {@link Adapter#identity(LinkContext)}.
	 * @param name a name under {@code deltasync.connections}
	 * @return the location, such as {@code mysql://shop.example:3306/sales}; its last
	 * part is the schema of tables that are configured without one
	 * @throws IllegalArgumentException when there is no connection of that name
	 * @throws SQLException when an implementation has to ask the database and cannot; for
	 * the connections that DeltaSync configures, this never happens
	 */
	default String location(String name) throws SQLException {
		try (Connection connection = get(name).getConnection()) {
			String url = connection.getMetaData().getURL();
			return (url != null) ? url.replaceFirst("[?;].*", "").replaceFirst("//[^/]*@", "//") : name;
		}
	}

}
