/**
 * Fetches the records of a scope, or the rows of a LOCATOR query.
 */
@NullMarked
package io.deltasync.run.fetch;

import org.jspecify.annotations.NullMarked;
