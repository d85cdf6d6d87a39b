/**
 * The commands that manage the users and access tokens of the console.
 */
@NullMarked
package io.deltasync.cli.access;

import org.jspecify.annotations.NullMarked;
