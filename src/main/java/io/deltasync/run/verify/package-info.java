/**
 * Verifications: the records of the source are compared with what the target holds, and
 * those that differ are compared again, explained and repaired.
 */
@NullMarked
package io.deltasync.run.verify;

import org.jspecify.annotations.NullMarked;
