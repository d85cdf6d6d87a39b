/**
 * What a database must tell the JDBC adapters, which have no knowledge of any product.
 * <p>
 * To add a database, extend {@link io.deltasync.jdbc.dialect.Dialect} and declare the
 * class as a bean, for example in the auto-configuration of a jar in {@code adapters/}.
 * Beans are asked before the built-in dialects. These are the parts, the mandatory ones
 * first:
 * <ul>
 * <li>{@link io.deltasync.jdbc.dialect.Dialect#supports} recognises the database by its
 * metadata.</li>
 * <li>{@link io.deltasync.jdbc.dialect.Catalog} describes tables, columns, keys and
 * indexes. A {@link io.deltasync.jdbc.value.Column} has the kind of its values and what
 * decides whether a value fits; the readers and writers of that kind follow from it.</li>
 * <li>{@link io.deltasync.jdbc.dialect.ServerClock} reads the time and the open
 * transactions, which a delta by time depends on.</li>
 * <li>{@link io.deltasync.jdbc.dialect.Dialect#upsert} is the statement that inserts a
 * row or updates the row that has its key.</li>
 * <li>{@link io.deltasync.jdbc.dialect.Failure} is the meaning of an exception; the
 * default follows SQL states, and databases have codes that say more.</li>
 * <li>Settings of sessions, streaming, savepoints, expressions, values, texts in keys and
 * bulk loads have defaults.</li>
 * </ul>
 * {@code io.deltasync.jdbc.testkit.DialectKit} checks a dialect on its database.
 */
@NullMarked
package io.deltasync.jdbc.dialect;

import org.jspecify.annotations.NullMarked;
