/**
 * How the REST API says that a request failed: one problem document, whatever failed.
 */
@NullMarked
package io.deltasync.console.api.problem;

import org.jspecify.annotations.NullMarked;
