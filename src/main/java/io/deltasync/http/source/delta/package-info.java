/**
 * The window of a run, in the times or numbers of an API.
 */
@NullMarked
package io.deltasync.http.source.delta;

import org.jspecify.annotations.NullMarked;
