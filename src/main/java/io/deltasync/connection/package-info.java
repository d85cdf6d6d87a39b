/**
 * The databases configured under {@code deltasync.connections}: pools, drivers and time
 * limits.
 */
@NullMarked
package io.deltasync.connection;

import org.jspecify.annotations.NullMarked;
