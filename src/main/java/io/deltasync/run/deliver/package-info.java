/**
 * Delivers batches of records: filters, mapping, target, and then what became of each
 * record: rejects, counts and the delivery index. Also deletes at the target what the
 * source no longer has.
 */
@NullMarked
package io.deltasync.run.deliver;

import org.jspecify.annotations.NullMarked;
