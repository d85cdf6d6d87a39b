package io.deltasync.jdbc.write;

import java.sql.SQLException;
import java.util.Set;

import io.deltasync.api.RecordInFlight;

/**
 * A record that cannot be written.
 *
 * @param record the record
 * @param reason why
 * @param never whether no record like it can be
 * @param others whether it may be once other records are
 */
public record RefusedRecord(RecordInFlight record, String reason, boolean never, boolean others) {

	/** A foreign key whose row is not there: MySQL's and H2's. */
	private static final Set<Integer> NO_PARENT = Set.of(1452, 1216, 23506);

	// Integrity violated, data not fitting, what a trigger signals: 22, 23, 44 and 45 of
	// the SQL standard, and what MySQL and MariaDB leave in HY000 and 42000.
	private static final Set<String> CLASSES = Set.of("21", "22", "23", "44", "45");

	private static final Set<Integer> MYSQL_CODES = Set.of(1048, 1118, 1264, 1265, 1292, 1364, 1366, 1367, 1369, 1406,
			1411, 1525, 1526, 1644, 1748, 3140, 3643, 3819, 4025);

	/** Whether a statement failed because of what a record in it holds. */
	public static boolean isOf(SQLException ex) {
		String state = ex.getSQLState();
		return (state != null && state.length() == 5 && CLASSES.contains(state.substring(0, 2)))
				|| MYSQL_CODES.contains(ex.getErrorCode());
	}

	/** Whether a statement failed because of a row that another record may bring. */
	static boolean isOfOthers(SQLException ex) {
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
