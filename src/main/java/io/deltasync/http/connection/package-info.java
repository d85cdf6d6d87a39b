/**
 * Connections of the type {@code http}: requests to one HTTP server, with authentication,
 * time-outs, retries and checked addresses.
 */
@NullMarked
package io.deltasync.http.connection;

import org.jspecify.annotations.NullMarked;
