/**
 * The options of an HTTP source, and how answers are written.
 */
@NullMarked
package io.deltasync.http.source.options;

import org.jspecify.annotations.NullMarked;
