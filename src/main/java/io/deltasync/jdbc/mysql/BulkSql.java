package io.deltasync.jdbc.mysql;

/**
 * The statements that write many rows at once, straight into the table or through a
 * temporary table. None of them commits.
 *
 * @param empty finds a row unless the target table is empty
 * @param straight loads {@link LoadDataRows} into the target table
 * @param create creates the temporary table
 * @param load loads {@link LoadDataRows} into the temporary table
 * @param merge inserts the rows into the target table, or updates the rows that have the
 * same keys
 * @param drop drops the temporary table
 */
record BulkSql(String empty, String straight, String create, String load, String merge, String drop) {

}
