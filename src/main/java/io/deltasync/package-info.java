/**
 * DeltaSync's own application. All wiring is in {@code autoconfigure}.
 */
@NullMarked
package io.deltasync;

import org.jspecify.annotations.NullMarked;
