/**
 * MySQL and MariaDB.
 */
@NullMarked
package io.deltasync.jdbc.mysql;

import org.jspecify.annotations.NullMarked;
