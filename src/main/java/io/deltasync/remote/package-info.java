/**
 * Executes lanes in other processes. The process of the run sends its lanes through a
 * broker and monitors them; workers execute them. The shared state of lanes is in the
 * database; messages only announce lanes.
 */
@NullMarked
package io.deltasync.remote;

import org.jspecify.annotations.NullMarked;
