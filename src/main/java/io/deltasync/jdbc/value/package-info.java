/**
 * Columns and their values: readers and writers that keep a value exactly, or refuse it
 * by name. Knows no database.
 */
@NullMarked
package io.deltasync.jdbc.value;

import org.jspecify.annotations.NullMarked;
