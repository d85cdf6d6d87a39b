/**
 * Support for tests of adapters and filters: runs them in memory as DeltaSync does, and
 * checks that they fulfil their contracts. Start with
 * {@link io.deltasync.testkit.AdapterKit} for sources,
 * {@link io.deltasync.testkit.TargetKit} for targets and
 * {@link io.deltasync.testkit.FilterKit} for filters.
 */
@NullMarked
package io.deltasync.testkit;

import org.jspecify.annotations.NullMarked;
