package io.deltasync.jdbc.postgresql;

import java.util.List;

import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;

/**
 * The statements that load rows.
 *
 * @param straight copies rows into the table, which fails if one of them is there
 * @param create creates the temporary table
 * @param copy copies numbered rows into the temporary table
 * @param merge writes the rows of the temporary table to the table
 * @param drop drops the temporary table
 */
record CopySql(String straight, String create, String copy, String merge, String drop) {

	private static final String STAGE = "pg_temp.\"deltasync stage\"";

	static CopySql of(Dialect dialect, Table table, List<Column> columns, List<Column> key) {
		String names = dialect.names(columns);
		return new CopySql("COPY %s (%s) FROM STDIN".formatted(table.quoted(), names),
				"CREATE TEMPORARY TABLE \"deltasync stage\" ON COMMIT DROP AS SELECT 0::bigint AS \"deltasync row\", %s FROM %s WITH NO DATA"
					.formatted(names, table.quoted()),
				"COPY %s (\"deltasync row\", %s) FROM STDIN".formatted(STAGE, names),
				new PostgreSqlUpsert(dialect, table, columns, key).of(STAGE), "DROP TABLE " + STAGE);
	}

}
