/**
 * The resident process {@code serve}: starts runs at the slots of schedules, after other
 * Links' runs and as replays of failed runs, and recovers the runs of dead processes.
 * Several such processes may share a database.
 */
@NullMarked
package io.deltasync.serve;

import org.jspecify.annotations.NullMarked;
