/**
 * Carries lanes out, here or in other processes. A lane claims pages of scopes, fetches
 * them and has their records delivered, one batch while it reads the next.
 */
@NullMarked
package io.deltasync.run.lane;

import org.jspecify.annotations.NullMarked;
