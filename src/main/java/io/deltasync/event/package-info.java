/**
 * Sync Events and delta windows, read from the JobRepository, and their retention. A Sync
 * Event is a job instance of the Link's job; its executions are the attempts.
 */
@NullMarked
package io.deltasync.event;

import org.jspecify.annotations.NullMarked;
