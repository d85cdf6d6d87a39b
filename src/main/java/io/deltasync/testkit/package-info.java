/**
 * Support for tests of source adapters: runs an adapter through planning and fetching in
 * memory, and checks that it fulfils its contract. Start with
 * {@link io.deltasync.testkit.AdapterKit}.
 */
@NullMarked
package io.deltasync.testkit;

import org.jspecify.annotations.NullMarked;
