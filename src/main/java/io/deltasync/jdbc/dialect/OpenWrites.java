package io.deltasync.jdbc.dialect;

import java.time.Instant;

/**
 * Open transactions that have written: the timestamps of their rows may be much older
 * than the commit that makes the rows visible.
 *
 * @param since the earliest known start of these transactions
 * @param certain whether none of them began earlier; false with a prepared transaction,
 * because its start is unknown after a restart of the server
 */
public record OpenWrites(Instant since, boolean certain) {

}
