/**
 * The built-in adapters for databases, as source and as target. They depend only on the
 * adapter contract, as any other adapter does, and know a database by its
 * {@link io.deltasync.jdbc.dialect.Dialect} alone.
 */
@NullMarked
package io.deltasync.jdbc;

import org.jspecify.annotations.NullMarked;
