/**
 * Who holds what: Links, lanes and the slots of schedules. Leases are told by the clock
 * of the JobRepository's database, so that all processes agree.
 */
@NullMarked
package io.deltasync.lease;

import org.jspecify.annotations.NullMarked;
