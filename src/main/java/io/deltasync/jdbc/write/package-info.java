/**
 * Writes records to a table, each value exactly or not at all.
 */
@NullMarked
package io.deltasync.jdbc.write;

import org.jspecify.annotations.NullMarked;
