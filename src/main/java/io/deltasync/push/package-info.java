/**
 * The built-in source adapter {@code push}: other systems push its records as JSON.
 */
@NullMarked
package io.deltasync.push;

import org.jspecify.annotations.NullMarked;
