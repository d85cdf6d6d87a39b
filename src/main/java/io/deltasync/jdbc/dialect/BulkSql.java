package io.deltasync.jdbc.dialect;

/**
 * The statements that write many rows at once through a temporary table. None of them
 * commits.
 *
 * @param create creates the temporary table
 * @param load loads a {@code LoadDataBuffer} into the temporary table
 * @param merge inserts the rows into the target table, or updates the rows that have the
 * same keys
 * @param drop drops the temporary table
 */
public record BulkSql(String create, String load, String merge, String drop) {

}
