package io.deltasync.jdbc.write;

import java.sql.SQLException;
import java.util.Set;

import io.deltasync.api.RecordInFlight;

/**
 * A record that cannot be written.
 *
 * @param record the record
 * @param reason the reason, for an operator
 * @param never whether no record with the same properties can be written
 * @param others whether it may succeed after other records were written
 */
public record RefusedRecord(RecordInFlight record, String reason, boolean never, boolean others) {

	/** Missing parent row of a foreign key: MySQL's and H2's codes. */
	private static final Set<Integer> NO_PARENT = Set.of(1452, 1216, 23506);

	// Integrity violations, data errors and signals of triggers: classes 22, 23, 44 and
	// 45 of the SQL standard, and codes that MySQL and MariaDB leave in HY000 and 42000.
	private static final Set<String> CLASSES = Set.of("21", "22", "23", "44", "45");

	private static final Set<Integer> MYSQL_CODES = Set.of(1048, 1118, 1264, 1265, 1292, 1364, 1366, 1367, 1369, 1406,
			1411, 1525, 1526, 1644, 1748, 3140, 3643, 3819, 4025);

	/** Whether a statement failed because of the values of a record. */
	public static boolean isOf(SQLException ex) {
		String state = ex.getSQLState();
		return (state != null && state.length() == 5 && CLASSES.contains(state.substring(0, 2)))
				|| MYSQL_CODES.contains(ex.getErrorCode());
	}

	/** Whether a statement failed because of a row that another record may write. */
	static boolean isCausedByOtherRecords(SQLException ex) {
		return NO_PARENT.contains(ex.getErrorCode());
	}

	/** Marks the record as failed. */
	void apply() {
		this.record.addError(this.reason);
		if (this.others) {
			this.record.tryLast();
		}
	}

}
