package io.deltasync.jdbc.dialect;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;

import io.deltasync.api.AbortRunException;

/** The databases that the JDBC adapters know. Immutable. */
public final class Dialects {

	private final List<Dialect> dialects;

	/**
	 * Creates the list.
	 * @param dialects the dialects; the first that supports a database is used
	 */
	public Dialects(List<Dialect> dialects) {
		this.dialects = List.copyOf(dialects);
	}

	/**
	 * Returns the dialect of a connection.
	 * @throws AbortRunException when the database is not supported, or when its driver
	 * loses data of the server
	 */
	public Dialect of(Connection connection, String connectionName) throws SQLException {
		DatabaseMetaData metaData = connection.getMetaData();
		for (Dialect dialect : this.dialects) {
			if (dialect.supports(metaData)) {
				dialect.check(metaData, connectionName);
				return dialect.of(metaData);
			}
		}
		throw new AbortRunException("Connection '%s' is a %s; the jdbc adapter supports %s".formatted(connectionName,
				metaData.getDatabaseProductName(),
				String.join(", ", this.dialects.stream().map(Dialect::name).distinct().toList())));
	}

}
