/**
 * Reads a table or view completely, or only its changes.
 */
@NullMarked
package io.deltasync.jdbc.read;

import org.jspecify.annotations.NullMarked;
