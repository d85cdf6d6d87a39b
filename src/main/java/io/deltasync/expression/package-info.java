/**
 * Expressions in the configuration: they compute values from the properties of a record
 * and cannot do anything else.
 */
@NullMarked
package io.deltasync.expression;

import org.jspecify.annotations.NullMarked;
