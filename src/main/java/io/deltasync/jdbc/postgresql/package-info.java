/**
 * PostgreSQL.
 */
@NullMarked
package io.deltasync.jdbc.postgresql;

import org.jspecify.annotations.NullMarked;
