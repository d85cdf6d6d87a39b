/**
 * Checks whether a dialect fulfils what the JDBC adapters need of it. Start with
 * {@link io.deltasync.jdbc.testkit.DialectKit}.
 */
@NullMarked
package io.deltasync.jdbc.testkit;

import org.jspecify.annotations.NullMarked;
