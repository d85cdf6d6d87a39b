/**
 * Runs that are killed: a child JVM halts at a point where state changes, and what it
 * left behind must lead to every record delivered.
 */
package io.deltasync.fault;
