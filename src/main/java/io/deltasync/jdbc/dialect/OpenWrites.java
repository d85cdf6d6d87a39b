package io.deltasync.jdbc.dialect;

import java.time.Instant;

/**
 * Transactions that have written and are not committed yet: their rows may be stamped
 * long before they can be read.
 *
 * @param since a time that the oldest one did not begin before, as far as is known
 * @param certain whether all of them began after that; not so for one that its client has
 * left prepared, because its start is not known after the server was restarted
 */
public record OpenWrites(Instant since, boolean certain) {

}
