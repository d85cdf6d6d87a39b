package io.deltasync.jdbc.dialect;

/**
 * The settings with which a session reads and writes exact values. They are undone before
 * the connection returns to its pool.
 *
 * @param apply the statement that applies the settings
 * @param undo the statement that restores the previous settings
 */
public record SessionSettings(String apply, String undo) {

}
