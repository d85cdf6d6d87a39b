/**
 * Reads records from answers as a stream, so that memory does not grow with an answer:
 * from JSON, and from lines of CSV or JSON.
 */
@NullMarked
package io.deltasync.http.json;

import org.jspecify.annotations.NullMarked;
