/**
 * Sync Events and delta windows, read from the JobRepository. A Sync Event is a job
 * instance of the Link's job; its executions are the attempts.
 * <p>
 * {@code event}, {@code view}, {@code decision} and {@code retention} import only
 * packages that precede them in this list.
 */
@NullMarked
package io.deltasync.event;

import org.jspecify.annotations.NullMarked;
