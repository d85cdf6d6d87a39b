/**
 * The command line: commands, their output and their exit codes.
 */
@NullMarked
package io.deltasync.cli;

import org.jspecify.annotations.NullMarked;
