/**
 * Stored rejects: the records that could not be delivered, with their reasons and states.
 */
@NullMarked
package io.deltasync.reject;

import org.jspecify.annotations.NullMarked;
