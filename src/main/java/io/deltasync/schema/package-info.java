/**
 * The tables of the JobRepository and of DeltaSync: creates them, migrates them and
 * refuses databases that cannot be used.
 */
@NullMarked
package io.deltasync.schema;

import org.jspecify.annotations.NullMarked;
