package io.deltasync.jdbc.dialect;

/**
 * What a session needs for exact values, and how to undo it before the connection goes
 * back to its pool.
 *
 * @param apply the statement that applies the settings
 * @param undo the statement that brings back what was there
 */
public record SessionSettings(String apply, String undo) {

}
