/**
 * What people decide and do, each with its entry in the audit log.
 */
@NullMarked
package io.deltasync.event.decision;

import org.jspecify.annotations.NullMarked;
