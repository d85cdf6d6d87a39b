package io.deltasync.schema;

import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;

import io.deltasync.cli.process.ExitCodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseUnavailableExceptionTests {

	@Test
	void embeddedDatabaseInUseIsBusy() {
		SQLException inUse = new SQLNonTransientConnectionException("Database may be already in use", "90020", 90020);

		assertThat(DatabaseUnavailableException.of("The database", new RuntimeException(inUse)))
			.hasMessage("The database is in use: an embedded database serves one process at a time.")
			.satisfies((ex) -> assertThat(ex.getExitCode()).isEqualTo(6))
			.satisfies((ex) -> assertThat(ex.remedy()).contains("mysql"));
	}

	@Test
	void refusedLoginIsAConfigurationError() {
		SQLException refused = new SQLException("Access denied for user 'a'\nand more", "28000", 1045);

		assertThat(DatabaseUnavailableException.of("The database", new RuntimeException(refused)))
			.hasMessage("The database refuses the login: Access denied for user 'a'")
			.satisfies((ex) -> assertThat(ex.getExitCode()).isEqualTo(4));
	}

	@Test
	void unreachableServerMayBecomeAvailable() {
		SQLException gone = new SQLException("Communications link failure", "08S01",
				new ConnectException("Connection refused"));

		assertThat(DatabaseUnavailableException.of("The database", gone))
			.hasMessage("The database is not available: Communications link failure: Connection refused")
			.satisfies((ex) -> assertThat(ex.getExitCode()).isEqualTo(5));
	}

	@Test
	void secretQuotedByADriverAppearsNeitherInTheMessageNorInACause() {
		SQLException quoting = new SQLException("Nobody at jdbc:mysql://me:s3cret@host/db", "08001");

		assertThat(DatabaseUnavailableException.of("The database", new RuntimeException(quoting))).hasNoCause()
			.hasMessage("The database is not available: Nobody at jdbc:mysql://***@host/db");
	}

	@Test
	void messageOfAnotherExceptionIsQuoted() {
		assertThat(DatabaseUnavailableException.of("The database", new IllegalStateException("closed")))
			.hasMessage("The database is not available: closed");
	}

	@ParameterizedTest
	@CsvSource({ "90028, 90028", "90097, 90097", "90098, 90098", "08S01, 0", "HY000, 1021", "HY000, 1290",
			"42000, 1142", "90096, 90096" })
	void unavailableDatabaseIsRecognisedInAnyCause(String state, int code) {
		SQLException thrown = new SQLException("The database is read only", state, code);

		assertThat(DatabaseUnavailableException.isCauseOf(new IllegalStateException("no bean", thrown))).isTrue();
		assertThat(ExitCodes.of(new IllegalStateException("no bean", thrown))).isEqualTo(5);
	}

	@Test
	void closedConnectionIsRecognised() {
		assertThat(DatabaseUnavailableException
			.isCauseOf(new IllegalStateException("no tables", new SQLException("Connection is closed")))).isTrue();
	}

	@Test
	void fullDiskIsRecognisedAndReported() {
		SQLException thrown = new SQLException("General error", "HY000", 50000,
				new IOException("No space left on device"));

		assertThat(ExitCodes.of(new IllegalStateException(thrown))).isEqualTo(5);
		assertThat(DatabaseUnavailableException.ofRepository("jdbc:h2:file:./data;PASSWORD=s3cret", "s3cret", thrown))
			.hasMessageStartingWith("The database of the JobRepository (jdbc:h2:file:./data")
			.hasMessageEndingWith(" is not available: General error: No space left on device")
			.hasMessageNotContaining("s3cret");
	}

	@Test
	void refusedStatementIsNoConnectionFailure() {
		assertThat(DatabaseUnavailableException.isCauseOf(new SQLException("Unknown column", "42S22", 1054))).isFalse();
		assertThat(DatabaseUnavailableException.isCauseOf(new IllegalStateException("bug"))).isFalse();
	}

}
