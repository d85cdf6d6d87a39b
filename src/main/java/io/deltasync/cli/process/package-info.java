/**
 * How a process starts and ends: signals, exit codes, and failures explained in a
 * sentence.
 */
@NullMarked
package io.deltasync.cli.process;

import org.jspecify.annotations.NullMarked;
