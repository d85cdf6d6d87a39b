/**
 * Binds configuration and reports everything that is wrong with it at once: unknown keys,
 * values that do not fit, secrets that must not be shown.
 */
@NullMarked
package io.deltasync.config;

import org.jspecify.annotations.NullMarked;
