/**
 * The mapping of a record's properties from source to target: selection, renaming,
 * constants and exact type conversions.
 */
@NullMarked
package io.deltasync.mapping;

import org.jspecify.annotations.NullMarked;
