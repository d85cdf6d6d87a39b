package io.deltasync.jdbc.dialect;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Open transactions that have written: the timestamps of their rows may be much older
 * than the commit that makes the rows visible.
 *
 * @param since the earliest known start of these transactions; null if no start is known
 * @param certain whether none of them began earlier; false with transactions whose start
 * is unknown, such as prepared ones after a restart of the server
 */
public record OpenWrites(@Nullable Instant since, boolean certain) {

}
