/**
 * The windows of tables whose changes are found by a delta column: a time or a number.
 */
@NullMarked
package io.deltasync.jdbc.delta;

import org.jspecify.annotations.NullMarked;
