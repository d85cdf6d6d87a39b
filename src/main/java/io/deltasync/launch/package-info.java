/**
 * The command line: its commands, what they print, and the exit codes, which Spring
 * Batch's own way to start a job has too. Arguments are parsed before anything is
 * started, so that help and usage errors need neither database nor configuration.
 */
@NullMarked
package io.deltasync.launch;

import org.jspecify.annotations.NullMarked;
