/**
 * What becomes of a record's properties between source and target: selection, names,
 * constants and exact conversions of types.
 */
@NullMarked
package io.deltasync.mapping;

import org.jspecify.annotations.NullMarked;
