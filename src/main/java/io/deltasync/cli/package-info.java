/**
 * The command line: commands, what they print and the codes that they exit with.
 */
@NullMarked
package io.deltasync.cli;

import org.jspecify.annotations.NullMarked;
