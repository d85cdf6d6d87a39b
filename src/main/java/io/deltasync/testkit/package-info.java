/**
 * For tests of adapters: runs one through planning and fetching in memory, and holds it
 * to its contract. Begin with {@link io.deltasync.testkit.AdapterKit}.
 */
@NullMarked
package io.deltasync.testkit;

import org.jspecify.annotations.NullMarked;
