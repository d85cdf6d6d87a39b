package io.deltasync.benchmark;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/**
 * The yardstick: what a competent developer writes in an afternoon. One streaming query,
 * rewritten batches of 1,000 upserts, a commit for each; one thread, no framework.
 */
final class PlainJdbcCopy {

	private static final int BATCH = 1_000;

	private static final List<Class<?>> TYPES = List.of(Long.class, String.class, String.class, BigDecimal.class,
			Integer.class, Boolean.class, LocalDate.class, LocalDateTime.class, LocalDateTime.class, String.class);

	private static final String SELECT = """
			SELECT id, name, email, amount, qty, active, birth, created_at, updated_at, note
			FROM\s""" + Dataset.SOURCE;

	private static final String UPSERT = "INSERT INTO " + Dataset.TARGET + """
			 (id, name, email, amount, qty, active, birth, created_at, updated_at, note)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON DUPLICATE KEY UPDATE name = VALUES(name), email = VALUES(email), amount = VALUES(amount),
			qty = VALUES(qty), active = VALUES(active), birth = VALUES(birth),
			created_at = VALUES(created_at), updated_at = VALUES(updated_at), note = VALUES(note)""";

	private PlainJdbcCopy() {
	}

	/**
	 * Copies.
	 * @param args the URL and, for a delta, the time since which rows changed
	 */
	public static void main(String[] args) throws SQLException {
		long start = System.nanoTime();
		long rows = (args.length > 1) ? copy(args[0], " WHERE updated_at >= ?", args[1]) : copy(args[0], "");
		new Copied(rows, Duration.ofNanos(System.nanoTime() - start)).print();
	}

	/**
	 * Copies some rows, over connections of its own.
	 * @param url source and target
	 * @param condition which rows, as the end of the query; may be empty
	 * @param values the values of the condition
	 * @return how many rows there were
	 */
	static long copy(String url, String condition, Object... values) throws SQLException {
		try (Connection source = DriverManager.getConnection(url);
				Connection target = DriverManager.getConnection(url);
				PreparedStatement select = source.prepareStatement(SELECT + condition)) {
			target.setAutoCommit(false);
			// Connector/J streams with this value only, the MariaDB driver with any other
			select.setFetchSize(url.startsWith("jdbc:mysql:") ? Integer.MIN_VALUE : BATCH);
			for (int i = 0; i < values.length; i++) {
				select.setObject(i + 1, values[i]);
			}
			return copy(select, target);
		}
	}

	private static long copy(PreparedStatement select, Connection target) throws SQLException {
		long rows = 0;
		try (ResultSet row = select.executeQuery(); PreparedStatement upsert = target.prepareStatement(UPSERT)) {
			while (row.next()) {
				for (int column = 1; column <= TYPES.size(); column++) {
					upsert.setObject(column, row.getObject(column, TYPES.get(column - 1)));
				}
				upsert.addBatch();
				if (++rows % BATCH == 0) {
					upsert.executeBatch();
					target.commit();
				}
			}
			upsert.executeBatch();
			target.commit();
		}
		return rows;
	}

}
