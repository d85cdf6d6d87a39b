/**
 * A resident process: starts runs at the slots of schedules and after other Links' runs,
 * and recovers what dead processes left. Any number may share a database.
 */
@NullMarked
package io.deltasync.serve;

import org.jspecify.annotations.NullMarked;
