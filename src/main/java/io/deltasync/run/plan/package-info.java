/**
 * Plans a run: asks the source how it wants to be asked, stores its answers and its
 * scopes, and takes up what a restart or a replay has to bring again.
 */
@NullMarked
package io.deltasync.run.plan;

import org.jspecify.annotations.NullMarked;
