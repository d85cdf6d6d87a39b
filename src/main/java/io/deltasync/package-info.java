/**
 * The application itself: its entry point and the auto-configuration that wires the
 * packages below it.
 */
@NullMarked
package io.deltasync;

import org.jspecify.annotations.NullMarked;
