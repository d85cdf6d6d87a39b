/**
 * The tables of the JobRepository and DeltaSync's own tables: creates them, migrates them
 * and refuses databases that it cannot use.
 */
@NullMarked
package io.deltasync.schema;

import org.jspecify.annotations.NullMarked;
