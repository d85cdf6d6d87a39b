package io.deltasync.file.store;

import java.io.IOException;

/**
 * Places that connections of one type lead to. Thread-safe.
 */
public interface RemotePlaces {

	/**
	 * Returns the type of connections that lead to these places.
	 * @return the type, as it is configured
	 */
	String type();

	/**
	 * Whether a connection has this type.
	 * @param connection its name
	 * @return false if it has another type
	 * @throws IllegalArgumentException if there is no connection with this name
	 */
	boolean has(String connection);

	/**
	 * Returns where a directory is.
	 * @param connection the name of a connection
	 * @param directory a directory in the place that the connection leads to; empty for
	 * the place itself
	 * @return the location, without users and secrets
	 */
	String location(String connection, String directory);

	/**
	 * Opens a directory.
	 * @param connection the name of a connection
	 * @param directory as for {@link #location}
	 * @return the place, which the caller closes
	 * @throws IOException if the place cannot be reached
	 */
	FileStore open(String connection, String directory) throws IOException;

}
