package io.deltasync.jdbc.dialect;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;

import io.deltasync.api.TargetUnavailableException;
import io.deltasync.jdbc.h2.H2Dialect;
import io.deltasync.jdbc.mysql.MySqlDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WriteFailureTests {

	private final Table table = table(new H2Dialect());

	private static Table table(Dialect dialect) {
		return new Table(dialect, "crm", "PUBLIC", "customer", false, List.of(), List.of(), List.of(), null);
	}

	@ParameterizedTest
	@CsvSource({ "42000,1142,grant the account", "42000,1143,grant the account", "90096,90096,grant the account",
			"HY000,1290,make the database", "HY000,1836,make the database", "25006,1792,make the database",
			"HY000,1036,make the database", "90097,90097,make the database", "42000,1226,correct the account",
			"HY000,1820,correct the account", "HY000,3118,correct the account", "HY000,4151,correct the account",
			"HY000,1862,correct the account", "HY000,1114,free disk space", "HY000,1021,free disk space",
			"42S02,1146,correct the table", "42S22,1054,correct the table" })
	void targetThatTakesNoRecordAbortsTheRun(String state, int code, String remedy) {
		SQLException refused = new SQLException("the words", state, code);
		Dialect dialect = (code > 90_000) ? new H2Dialect() : new MySqlDialect(false);

		assertThat(dialect.failure(refused).isOfRecord()).isFalse();
		assertThatExceptionOfType(TargetUnavailableException.class)
			.isThrownBy(() -> WriteFailure.of(table(dialect), refused))
			.withMessageStartingWith(
					"Writing to table 'customer' of connection 'crm' fails, whatever the record: the words; " + remedy);
	}

	@Test
	void transientFailuresAreRethrownUnchanged() {
		for (SQLException passing : List.of(new SQLException("gone", "08S01", 0),
				new SQLException("lock", "40001", 1213), new SQLTransientConnectionException("none"))) {
			assertThat((Throwable) WriteFailure.of(this.table, passing)).isSameAs(passing);
		}
	}

	@Test
	void otherFailuresAreDescribedWithoutTheStatement() {
		SQLException described = WriteFailure.of(this.table,
				new SQLException("(conn=7) odd; SQL statement:\nMERGE INTO\nx [90044-240]", "90044", 90044));

		assertThat((Throwable) described).hasMessage("table 'customer' of connection 'crm' refuses it: odd")
			.hasNoCause();
	}

}
