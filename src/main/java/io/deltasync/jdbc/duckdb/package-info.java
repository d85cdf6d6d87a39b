/**
 * DuckDB. A file belongs to one process, and a failed statement ends its transaction.
 */
@NullMarked
package io.deltasync.jdbc.duckdb;

import org.jspecify.annotations.NullMarked;
