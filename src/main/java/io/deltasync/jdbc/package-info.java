/**
 * The built-in adapters for databases: H2, MySQL and MariaDB, as source and as target.
 * They depend only on the adapter contract, as any other adapter does.
 */
@NullMarked
package io.deltasync.jdbc;

import org.jspecify.annotations.NullMarked;
