/**
 * The databases that are configured under {@code deltasync.connections}: their pools,
 * drivers and time limits.
 */
@NullMarked
package io.deltasync.connection;

import org.jspecify.annotations.NullMarked;
