/**
 * The built-in adapters for databases: H2, MySQL and MariaDB, as source and as target.
 * They know the contract alone, like anybody's adapters.
 */
@NullMarked
package io.deltasync.jdbc;

import org.jspecify.annotations.NullMarked;
