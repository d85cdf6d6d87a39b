package io.deltasync.cli.process;

import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTransientConnectionException;
import java.util.List;

import io.deltasync.api.AbortRunException;
import io.deltasync.cli.text.Events;
import io.deltasync.config.ConfigurationException;
import io.deltasync.config.ConfigurationProblem;
import io.deltasync.event.Outcome;
import io.deltasync.event.RunRefusedException;
import io.deltasync.event.SyncEvent.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;
import org.springframework.batch.core.launch.JobExecutionAlreadyRunningException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.transaction.TransactionSystemException;

import static org.assertj.core.api.Assertions.assertThat;

class ExitCodesTests {

	@Test
	void onlySuccessIsZero() {
		assertThat(ExitCodes.of(Events.successful(0)).value()).isZero();
		assertThat(ExitCodes.of(Events.failed(Status.COMPLETED)).value()).isEqualTo(3);
	}

	@ParameterizedTest
	@CsvSource({ "ABORTED, 5", "CRASHED, 5", "STOPPED, 143" })
	void runThatDidNotCompleteHasTheExitCodeOfItsStatus(Status status, int code) {
		assertThat(ExitCodes.of(Events.failed(status)).value()).isEqualTo(code);
		assertThat(ExitCodes.of(Outcome.valueOf(status.name())).value()).isEqualTo(code);
	}

	@Test
	void exitCodeIsThatOfTheCause() {
		assertThat(ExitCodes.of(new IllegalStateException(new JobExecutionAlreadyRunningException("busy"))))
			.isEqualTo(6);
		assertThat(ExitCodes.of(new InvalidJobParametersException("mode"))).isEqualTo(2);
		assertThat(ExitCodes.of(new RunRefusedException("zone"))).isEqualTo(4);
		assertThat(ExitCodes.of(new RuntimeException(new AbortRunException("no table")))).isEqualTo(5);
		assertThat(ExitCodes.of(new ConfigurationException(
				List.of(new ConfigurationProblem("deltasync.links.a", null, "is missing", null)))))
			.isEqualTo(4);
	}

	@Test
	void unavailableDatabaseIsNotReportedAsABug() {
		assertThat(ExitCodes.of(new RuntimeException(new SQLTransientConnectionException("timeout")))).isEqualTo(5);
		assertThat(ExitCodes.of(new SQLException("reset", "08S01"))).isEqualTo(5);
		assertThat(ExitCodes.of(new SQLSyntaxErrorException("SELEKT", "42000"))).isEqualTo(1);
	}

	@Test
	void connectionLostInATransactionIsNotReportedAsABugEvenIfRollbackFails() {
		TransactionSystemException failed = new TransactionSystemException("JDBC rollback failed",
				new SQLException("cannot roll back"));
		assertThat(ExitCodes.of(failed)).isEqualTo(1);
		failed.initApplicationException(
				new RecoverableDataAccessException("link failure", new SQLException("reset", "08S01")));
		assertThat(ExitCodes.of(failed)).isEqualTo(5);
	}

	@Test
	void unexpectedExceptionIsOne() {
		assertThat(ExitCodes.of(new NullPointerException())).isEqualTo(1);
	}

}
