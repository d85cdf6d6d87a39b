/**
 * The benchmark: the product against programs that do the same work, each in a process of
 * its own, side by side in one run. Not part of the published jar.
 */
@NullMarked
package io.deltasync.benchmark;

import org.jspecify.annotations.NullMarked;
