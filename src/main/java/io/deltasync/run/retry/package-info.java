/**
 * Retries calls: which failures are transient, how long to back off, and how a failing
 * batch is split until the failing records are isolated.
 */
@NullMarked
package io.deltasync.run.retry;

import org.jspecify.annotations.NullMarked;
