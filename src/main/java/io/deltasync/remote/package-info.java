/**
 * Lanes in other processes: the side of a run, which sends its lanes through a broker and
 * watches over them, and the side of a worker, which carries them out. What lanes share
 * is in the database; messages only tell that there is a lane to be carried out.
 */
@NullMarked
package io.deltasync.remote;

import org.jspecify.annotations.NullMarked;
