package io.deltasync.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/**
 * The fastest way that is known to copy rows of PostgreSQL through a client: what one
 * {@code COPY} sends goes to another as it is, into the empty target, or into a temporary
 * table from which it is merged.
 */
final class CopyPipe {

	private static final String MERGE = """
			INSERT INTO %s SELECT * FROM stage
			ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, email = EXCLUDED.email,
			amount = EXCLUDED.amount, qty = EXCLUDED.qty, active = EXCLUDED.active, birth = EXCLUDED.birth,
			created_at = EXCLUDED.created_at, updated_at = EXCLUDED.updated_at, note = EXCLUDED.note
			""".formatted(PostgreSqlDataset.TARGET);

	private CopyPipe() {
	}

	/**
	 * Copies.
	 * @param args the URL and, for a delta, the time since which rows changed
	 */
	public static void main(String[] args) throws SQLException {
		long start = System.nanoTime();
		long rows;
		try (Connection source = DriverManager.getConnection(args[0]);
				Connection target = DriverManager.getConnection(args[0]);
				Statement statement = target.createStatement()) {
			target.setAutoCommit(false);
			boolean delta = args.length > 1;
			if (delta) {
				statement
					.execute("CREATE TEMPORARY TABLE stage (LIKE " + PostgreSqlDataset.TARGET + ") ON COMMIT DROP");
			}
			String condition = delta ? " WHERE updated_at >= '" + args[1] + "'" : "";
			CopyOut out = source.unwrap(PGConnection.class)
				.getCopyAPI()
				.copyOut("COPY (SELECT %s FROM %s%s) TO STDOUT".formatted(PostgreSqlDataset.COLUMNS,
						PostgreSqlDataset.SOURCE, condition));
			CopyIn in = target.unwrap(PGConnection.class)
				.getCopyAPI()
				.copyIn("COPY %s (%s) FROM STDIN".formatted(delta ? "stage" : PostgreSqlDataset.TARGET,
						PostgreSqlDataset.COLUMNS));
			byte[] line = out.readFromCopy();
			while (line != null) {
				in.writeToCopy(line, 0, line.length);
				line = out.readFromCopy();
			}
			rows = in.endCopy();
			if (delta) {
				statement.executeUpdate(MERGE);
			}
			target.commit();
		}
		new Copied(rows, Duration.ofNanos(System.nanoTime() - start)).print();
	}

}
