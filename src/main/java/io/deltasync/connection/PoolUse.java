package io.deltasync.connection;

/**
 * How a connection is used in this process.
 *
 * @param name its name
 * @param location the database, without users, passwords and options
 * @param active the number of connections that are in use
 * @param idle the number of open connections that are not in use
 * @param waiting the number of threads that wait for a connection
 */
public record PoolUse(String name, String location, int active, int idle, int waiting) {

}
