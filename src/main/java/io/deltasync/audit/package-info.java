/**
 * The audit log: what people did, to which Link, with the state before and after.
 */
@NullMarked
package io.deltasync.audit;

import org.jspecify.annotations.NullMarked;
