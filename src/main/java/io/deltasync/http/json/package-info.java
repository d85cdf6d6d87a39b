/**
 * Reads records from JSON answers as a stream, so that memory does not grow with an
 * answer.
 */
@NullMarked
package io.deltasync.http.json;

import org.jspecify.annotations.NullMarked;
