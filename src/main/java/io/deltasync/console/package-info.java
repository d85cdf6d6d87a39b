/**
 * The console of {@code serve}: what people see of Links and their runs, and what they do
 * with them. {@code security} decides who may do what, {@code page} shows HTML pages, and
 * {@code api} answers the REST API; both call {@link io.deltasync.console.Operations} for
 * every action.
 */
@NullMarked
package io.deltasync.console;

import org.jspecify.annotations.NullMarked;
