/**
 * Leases of Links and lanes, and the claimed slots of schedules. Expiry is decided by the
 * clock of the JobRepository's database, so all processes agree on it.
 */
@NullMarked
package io.deltasync.lease;

import org.jspecify.annotations.NullMarked;
