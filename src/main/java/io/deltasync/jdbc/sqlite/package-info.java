/**
 * SQLite. Its columns have names of types, but rows may hold values of any kind; a value
 * that is not of its column's kind is an error of its record.
 */
@NullMarked
package io.deltasync.jdbc.sqlite;

import org.jspecify.annotations.NullMarked;
