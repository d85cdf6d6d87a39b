/**
 * The commands, each in a class, and what they are given to work with.
 */
@NullMarked
package io.deltasync.cli.command;

import org.jspecify.annotations.NullMarked;
