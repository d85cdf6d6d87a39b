package io.deltasync.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The yardstick twice: two ranges of the key are copied side by side, each by a thread of
 * its own.
 */
final class TwoRangesJdbcCopy {

	private TwoRangesJdbcCopy() {
	}

	/**
	 * Copies.
	 * @param args the URL
	 */
	public static void main(String[] args) throws SQLException {
		long start = System.nanoTime();
		long middle = middle(args[0]);
		CompletableFuture<Long> upper = CompletableFuture.supplyAsync(() -> {
			try {
				return PlainJdbcCopy.copy(args[0], " WHERE id >= ? ORDER BY id", middle);
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		});
		long lower = PlainJdbcCopy.copy(args[0], " WHERE id < ? ORDER BY id", middle);
		new Copied(lower + upper.join(), Duration.ofNanos(System.nanoTime() - start)).print();
	}

	private static long middle(String url) throws SQLException {
		try (Connection connection = DriverManager.getConnection(url);
				Statement statement = connection.createStatement();
				ResultSet row = statement
					.executeQuery("SELECT FLOOR((MIN(id) + MAX(id) + 1) / 2) FROM " + Dataset.SOURCE)) {
			row.next();
			return row.getLong(1);
		}
	}

}
