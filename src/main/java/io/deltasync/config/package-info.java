/**
 * Binds the configuration and reports all of its problems at once, such as unknown keys
 * and invalid values, without revealing secrets.
 */
@NullMarked
package io.deltasync.config;

import org.jspecify.annotations.NullMarked;
