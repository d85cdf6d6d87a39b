/**
 * The command line: finds the command among the arguments and executes it.
 * <p>
 * {@code text}, {@code process}, {@code command}, {@code access} and {@code cli} import
 * only packages that precede them in this list.
 */
@NullMarked
package io.deltasync.cli;

import org.jspecify.annotations.NullMarked;
