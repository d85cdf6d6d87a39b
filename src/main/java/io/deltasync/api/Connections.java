package io.deltasync.api;

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

}
