/**
 * All of the wiring: which beans an application gets that has DeltaSync on its class
 * path, and what DeltaSync's own application adds to them.
 */
@NullMarked
package io.deltasync.autoconfigure;

import org.jspecify.annotations.NullMarked;
