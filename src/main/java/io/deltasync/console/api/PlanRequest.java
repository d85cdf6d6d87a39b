package io.deltasync.console.api;

import org.jspecify.annotations.Nullable;

/**
 * A request for the plan of a run. The components are its fields in JSON.
 *
 * @param full whether the run would fetch everything; null for no
 */
record PlanRequest(@Nullable Boolean full) {

}
