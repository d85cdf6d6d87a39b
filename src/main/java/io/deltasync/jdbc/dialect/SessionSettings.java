package io.deltasync.jdbc.dialect;

import org.jspecify.annotations.Nullable;

/**
 * The settings with which a session reads and writes exact values. They are undone before
 * the connection returns to its pool.
 *
 * @param apply the statement that applies the settings
 * @param undo the statement that restores the previous settings; null if they end with
 * the transaction
 */
public record SessionSettings(String apply, @Nullable String undo) {

}
