package io.deltasync.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies rows of PostgreSQL as a program written by hand does: one connection reads with
 * a cursor, the other upserts arrays of values.
 */
final class UnnestCopy {

	private static final int BATCH = 1_000;

	private static final List<String> TYPES = List.of("bigint", "varchar", "varchar", "numeric", "integer", "boolean",
			"date", "timestamp", "timestamp", "text");

	private static final String UPSERT = "INSERT INTO " + PostgreSqlDataset.TARGET + " (" + PostgreSqlDataset.COLUMNS
			+ """
					) SELECT * FROM UNNEST(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
					ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, email = EXCLUDED.email, amount = EXCLUDED.amount,
					  qty = EXCLUDED.qty, active = EXCLUDED.active, birth = EXCLUDED.birth, created_at = EXCLUDED.created_at,
					  updated_at = EXCLUDED.updated_at, note = EXCLUDED.note""";

	private UnnestCopy() {
	}

	/**
	 * Copies.
	 * @param args the URL and, for a delta, the time since which rows changed
	 */
	public static void main(String[] args) throws SQLException {
		long start = System.nanoTime();
		long rows = 0;
		try (Connection source = DriverManager.getConnection(args[0]);
				Connection target = DriverManager.getConnection(args[0]);
				PreparedStatement select = source.prepareStatement("SELECT " + PostgreSqlDataset.COLUMNS + " FROM "
						+ PostgreSqlDataset.SOURCE + ((args.length > 1) ? " WHERE updated_at >= ?::timestamp" : ""));
				PreparedStatement upsert = target.prepareStatement(UPSERT)) {
			// the driver streams in a transaction only
			source.setAutoCommit(false);
			target.setAutoCommit(false);
			select.setFetchSize(BATCH);
			if (args.length > 1) {
				select.setString(1, args[1]);
			}
			try (ResultSet row = select.executeQuery()) {
				List<Object[]> batch = new ArrayList<>();
				while (row.next()) {
					Object[] values = new Object[TYPES.size()];
					for (int i = 0; i < values.length; i++) {
						values[i] = row.getObject(i + 1);
					}
					batch.add(values);
					if (++rows % BATCH == 0) {
						write(target, upsert, batch);
					}
				}
				write(target, upsert, batch);
			}
		}
		new Copied(rows, Duration.ofNanos(System.nanoTime() - start)).print();
	}

	private static void write(Connection target, PreparedStatement upsert, List<Object[]> batch) throws SQLException {
		for (int i = 0; i < TYPES.size(); i++) {
			int column = i;
			upsert.setArray(i + 1,
					target.createArrayOf(TYPES.get(i), batch.stream().map((values) -> values[column]).toArray()));
		}
		upsert.executeUpdate();
		target.commit();
		batch.clear();
	}

}
