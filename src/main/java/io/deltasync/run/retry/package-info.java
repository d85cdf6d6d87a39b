/**
 * Calls that are made again: which failures may pass, how long to back off, and how a
 * failing batch is split until the records at fault are alone.
 */
@NullMarked
package io.deltasync.run.retry;

import org.jspecify.annotations.NullMarked;
