package io.deltasync.console.api;

import org.jspecify.annotations.Nullable;

/**
 * The body of a request to pause a Link, which may be left out. The component is its
 * field in JSON.
 *
 * @param reason why, for the audit log
 */
record PauseRequest(@Nullable String reason) {

}
