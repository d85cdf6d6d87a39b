/**
 * Plans a run: asks the source how to fetch, stores its answers and its scopes, and
 * requeues the scopes of a restart or a replay.
 */
@NullMarked
package io.deltasync.run.plan;

import org.jspecify.annotations.NullMarked;
