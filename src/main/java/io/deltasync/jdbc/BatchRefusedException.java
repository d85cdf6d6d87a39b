package io.deltasync.jdbc;

import java.sql.SQLException;
import java.util.Set;

/**
 * The database refused a batch because of what a record in it holds. Nothing of the batch
 * was written.
 */
public final class BatchRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	// Integrity violated, data not fitting: 22 and 23 of the SQL standard, and what MySQL
	// and MariaDB leave in HY000.
	private static final Set<String> CLASSES = Set.of("22", "23", "21");

	private static final Set<Integer> MYSQL_CODES = Set.of(1048, 1264, 1265, 1292, 1364, 1366, 1367, 1406, 3140, 4025,
			3819);

	BatchRefusedException(String message, SQLException cause) {
		super(message, cause);
	}

	static boolean isRefusal(SQLException ex) {
		String state = ex.getSQLState();
		return (state != null && state.length() == 5 && CLASSES.contains(state.substring(0, 2)))
				|| MYSQL_CODES.contains(ex.getErrorCode());
	}

}
