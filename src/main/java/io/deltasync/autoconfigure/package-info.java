/**
 * The wiring: the beans that an application gets with DeltaSync on its class path, and
 * those that only DeltaSync's own application gets.
 */
@NullMarked
package io.deltasync.autoconfigure;

import org.jspecify.annotations.NullMarked;
