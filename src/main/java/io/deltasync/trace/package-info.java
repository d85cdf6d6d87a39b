/**
 * Answers where a single record of a Link is: asks both systems for it now, passes it
 * through filters and mapping, reads what is stored of its deliveries, and comes to one
 * conclusion.
 */
@NullMarked
package io.deltasync.trace;

import org.jspecify.annotations.NullMarked;
