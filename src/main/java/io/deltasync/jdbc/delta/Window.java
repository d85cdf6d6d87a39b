package io.deltasync.jdbc.delta;

import org.jspecify.annotations.Nullable;

/**
 * The window of a delta run, in the delta column's own type and precision.
 *
 * @param column the delta column
 * @param from the lowest value that is read
 * @param to the end of the window
 * @param toIncluded whether the end is included
 */
public record Window(String column, String from, @Nullable String to, boolean toIncluded) {

}
