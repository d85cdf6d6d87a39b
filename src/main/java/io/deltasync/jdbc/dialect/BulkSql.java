package io.deltasync.jdbc.dialect;

/**
 * The statements that write many rows at a time: a temporary table for them, a file into
 * it, and from it into the table that is meant. None of them commits.
 *
 * @param create creates the temporary table
 * @param load reads a {@code LoadDataBuffer} into it
 * @param merge inserts from it, or updates the rows that have the keys
 * @param drop drops it
 */
public record BulkSql(String create, String load, String merge, String drop) {

}
