/**
 * Random histories of a source and the runs over it, in two processes that are
 * application contexts of one JVM, by a clock that only the history moves. A checker that
 * knows the source's history compares what arrived.
 */
package io.deltasync.simulation;
