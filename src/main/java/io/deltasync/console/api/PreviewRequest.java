package io.deltasync.console.api;

import org.jspecify.annotations.Nullable;

/**
 * A request for the first records of a run. The components are its fields in JSON.
 *
 * @param full whether the run would fetch everything; null for no
 * @param limit the maximum number of records, from 1 to 1,000; null for 10
 */
record PreviewRequest(@Nullable Boolean full, @Nullable Integer limit) {

}
