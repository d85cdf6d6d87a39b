/**
 * Deletes what was kept long enough, or belongs to a Link that is no longer configured.
 */
@NullMarked
package io.deltasync.event.retention;

import org.jspecify.annotations.NullMarked;
