/**
 * Stored rejects: the records that could not be delivered, and why.
 */
@NullMarked
package io.deltasync.reject;

import org.jspecify.annotations.NullMarked;
