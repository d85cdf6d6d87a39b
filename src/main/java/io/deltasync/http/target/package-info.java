/**
 * The adapter {@code http} as target: delivers records by HTTP requests.
 */
@NullMarked
package io.deltasync.http.target;

import org.jspecify.annotations.NullMarked;
