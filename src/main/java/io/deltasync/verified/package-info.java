/**
 * Verifications: what was found when the target of a Link was compared with its source,
 * and when that proved them in step.
 */
@NullMarked
package io.deltasync.verified;

import org.jspecify.annotations.NullMarked;
