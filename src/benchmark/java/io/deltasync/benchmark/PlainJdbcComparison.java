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
import java.util.Objects;

/**
 * The yardstick of a verification: what a competent developer writes in an afternoon. Two
 * streaming queries in the order of the key, merged; one thread, no framework.
 */
final class PlainJdbcComparison {

	private static final int BATCH = 1_000;

	private static final List<Class<?>> TYPES = List.of(Long.class, String.class, String.class, BigDecimal.class,
			Integer.class, Boolean.class, LocalDate.class, LocalDateTime.class, LocalDateTime.class, String.class);

	private static final String SELECT = "SELECT id, name, email, amount, qty, active, birth, created_at, updated_at, note FROM %s ORDER BY id";

	private PlainJdbcComparison() {
	}

	/**
	 * Compares.
	 * @param args the URL
	 */
	public static void main(String[] args) throws SQLException {
		long start = System.nanoTime();
		long same = 0;
		long different = 0;
		try (Connection sourceConnection = DriverManager.getConnection(args[0]);
				Connection targetConnection = DriverManager.getConnection(args[0]);
				PreparedStatement sourceSelect = sourceConnection.prepareStatement(SELECT.formatted(Dataset.SOURCE));
				PreparedStatement targetSelect = targetConnection.prepareStatement(SELECT.formatted(Dataset.TARGET))) {
			// Connector/J streams with this value only, the MariaDB driver with any other
			int fetchSize = args[0].startsWith("jdbc:mysql:") ? Integer.MIN_VALUE : BATCH;
			sourceSelect.setFetchSize(fetchSize);
			targetSelect.setFetchSize(fetchSize);
			try (ResultSet source = sourceSelect.executeQuery(); ResultSet target = targetSelect.executeQuery()) {
				boolean hasSource = source.next();
				boolean hasTarget = target.next();
				while (hasSource || hasTarget) {
					int order = !hasSource ? 1 : !hasTarget ? -1 : Long.compare(source.getLong(1), target.getLong(1));
					if (order == 0 && isSame(source, target)) {
						same++;
					}
					else {
						different++;
					}
					hasSource = (order <= 0) ? source.next() : hasSource;
					hasTarget = (order >= 0) ? target.next() : hasTarget;
				}
			}
		}
		if (different > 0) {
			throw new IllegalStateException(different + " rows differ");
		}
		new Copied(same, Duration.ofNanos(System.nanoTime() - start)).print();
	}

	private static boolean isSame(ResultSet source, ResultSet target) throws SQLException {
		boolean same = true;
		for (int column = 2; column <= TYPES.size() && same; column++) {
			Class<?> type = TYPES.get(column - 1);
			same = Objects.equals(source.getObject(column, type), target.getObject(column, type));
		}
		return same;
	}

}
