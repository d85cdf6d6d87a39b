/**
 * Reads a table or view: all of it, or what has changed.
 */
@NullMarked
package io.deltasync.jdbc.read;

import org.jspecify.annotations.NullMarked;
