/**
 * Runs lanes, in this process or in workers. A lane claims pages of scopes, fetches them,
 * and delivers one batch of records while it reads the next.
 */
@NullMarked
package io.deltasync.run.lane;

import org.jspecify.annotations.NullMarked;
