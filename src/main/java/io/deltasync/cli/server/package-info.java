/**
 * Commands through a running {@code serve}: they send requests to its REST API, and print
 * what they would print if they had opened the databases themselves.
 */
@NullMarked
package io.deltasync.cli.server;

import org.jspecify.annotations.NullMarked;
