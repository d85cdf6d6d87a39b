package io.deltasync.jdbc.read;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.List;

import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.h2.H2Dialect;
import io.deltasync.jdbc.mysql.MySqlDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReadFailureTests {

	private final Table table = table(new H2Dialect());

	private static Table table(Dialect dialect) {
		return new Table(dialect, "crm", "PUBLIC", "customer", false, List.of(), List.of(), List.of(), null);
	}

	@ParameterizedTest
	@ValueSource(ints = { 3024, 1969, 57014 })
	void timeLimitOfTheServerIsReportedWithTableAndRemedy(int code) {
		SQLException failure = ReadFailure.of(table((code == 57014) ? new H2Dialect() : new MySqlDialect(false)),
				new SQLException("interrupted", "HY000", code));

		assertThat((Throwable) failure).isInstanceOf(SQLTimeoutException.class)
			.hasMessageContaining("table 'customer' of connection 'crm'")
			.hasMessageContaining("(interrupted)")
			.hasMessageContaining("raise the time limit");
	}

	@Test
	void otherFailureKeepsItsStateAndNamesTheTable() {
		SQLException failure = ReadFailure.of(this.table,
				new SQLException("(conn=7) gone; SQL statement:\nSELECT 1 [4711-240]", "08S01", 4711));

		assertThat((Throwable) failure).hasMessage("Reading table 'customer' of connection 'crm' failed: gone");
		assertThat(failure.getSQLState()).isEqualTo("08S01");
		assertThat(failure.getErrorCode()).isEqualTo(4711);
	}

}
