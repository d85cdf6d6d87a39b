package io.deltasync.jdbc.read;

import org.jspecify.annotations.Nullable;

/**
 * What a delta run reads, in the delta column's own type and precision.
 *
 * @param column the delta column
 * @param from the lowest value that is read
 * @param to where reading ends
 * @param toIncluded whether the value at the end is read, too
 */
public record Window(String column, String from, @Nullable String to, boolean toIncluded) {

}
