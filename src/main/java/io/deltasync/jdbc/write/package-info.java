/**
 * Writes records to a table. Each value is stored exactly or refused.
 */
@NullMarked
package io.deltasync.jdbc.write;

import org.jspecify.annotations.NullMarked;
