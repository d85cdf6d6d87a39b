/**
 * The commands, each in a class.
 */
@NullMarked
package io.deltasync.cli.command;

import org.jspecify.annotations.NullMarked;
