/**
 * Sync Events and delta windows, read from the JobRepository, and the lease that keeps a
 * Link to one run at a time. A Sync Event is a job instance of the Link's job; its
 * executions are the attempts.
 */
@NullMarked
package io.deltasync.event;

import org.jspecify.annotations.NullMarked;
