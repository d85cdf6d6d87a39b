package io.deltasync.jdbc.mysql;

import java.sql.SQLException;
import java.util.Set;

import io.deltasync.jdbc.dialect.Failure;
import io.deltasync.jdbc.dialect.SqlStates;

/** The error codes of MySQL and MariaDB, which say more than their SQL states. */
final class MySqlFailures {

	/** Refusals of values that have the SQL states HY000 and 42000. */
	private static final Set<Integer> RECORD = Set.of(1118, 1264, 1265, 1292, 1364, 1366, 1367, 1369, 1406, 1411, 1525,
			1526, 1644, 1748, 3140, 3643, 3819, 4025);

	/**
	 * Connector/J's SQL state for values that it cannot convert, such as zero dates, and
	 * for writes to a read-only session.
	 */
	private static final String ILLEGAL_ARGUMENT = "S1009";

	private MySqlFailures() {
	}

	static Failure of(SQLException ex) {
		return switch (ex.getErrorCode()) {
			// 1048 is also raised by the guard of an upsert against updating a row with
			// another key
			case 1062, 1048 -> Failure.DUPLICATE;
			case 1452, 1216 -> Failure.PARENT;
			case 1044, 1142, 1143, 1227, 1370 -> Failure.PRIVILEGE;
			case 1036, 1290, 1792, 1836 -> Failure.READ_ONLY;
			case 1021, 1030, 1114 -> Failure.SPACE;
			case 1045, 1226, 1820, 1862, 3118, 4151 -> Failure.ACCOUNT;
			case 3024, 1969 -> Failure.TIME_LIMIT;
			default -> RECORD.contains(ex.getErrorCode()) ? Failure.RECORD
					: ILLEGAL_ARGUMENT.equals(ex.getSQLState()) ? ofDriver(ex) : SqlStates.failure(ex);
		};
	}

	private static Failure ofDriver(SQLException ex) {
		return String.valueOf(ex.getMessage()).contains("read-only") ? Failure.READ_ONLY : Failure.RECORD;
	}

}
