/**
 * The source of the adapter {@code http}: reads APIs that page, give lists of ids or
 * generate exports.
 */
@NullMarked
package io.deltasync.http.source;

import org.jspecify.annotations.NullMarked;
