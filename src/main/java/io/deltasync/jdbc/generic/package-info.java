/**
 * Any other database with a JDBC driver, by what the SQL standard and JDBC define alone.
 */
@NullMarked
package io.deltasync.jdbc.generic;

import org.jspecify.annotations.NullMarked;
