/**
 * Delivers batches of records through filters and mapping to the target, then stores the
 * outcome of each record: rejects, counts and the delivery index. Also deletes records at
 * the target that the source no longer has.
 */
@NullMarked
package io.deltasync.run.deliver;

import org.jspecify.annotations.NullMarked;
