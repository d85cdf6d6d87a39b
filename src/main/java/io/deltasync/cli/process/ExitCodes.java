package io.deltasync.cli.process;

import io.deltasync.api.AbortRunException;
import io.deltasync.config.ExitCode;
import io.deltasync.console.ConflictException;
import io.deltasync.console.UnknownException;
import io.deltasync.event.Outcome;
import io.deltasync.event.RunRefusedException;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.UnverifiableException;
import io.deltasync.lease.LeaseLostException;
import io.deltasync.lease.LinkBusyException;
import io.deltasync.trace.UntraceableException;
import io.deltasync.link.UnknownLinkException;
import io.deltasync.schema.DatabaseUnavailableException;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;
import org.springframework.batch.core.launch.JobExecutionAlreadyRunningException;
import org.springframework.batch.core.launch.JobExecutionNotRunningException;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.batch.core.launch.JobRestartException;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Maps the outcome of a run or a command to an exit code.
 */
public final class ExitCodes {

	private ExitCodes() {
	}

	public static ExitCode of(SyncEvent event) {
		return switch (event.status()) {
			case COMPLETED -> event.success() ? ExitCode.SUCCESS : ExitCode.NOT_SUCCESSFUL;
			case STOPPED -> ExitCode.STOPPED;
			default -> ExitCode.ABORTED;
		};
	}

	public static ExitCode of(Outcome outcome) {
		return switch (outcome) {
			case COMPLETED -> ExitCode.SUCCESS;
			case COMPLETED_WITH_FAILURES -> ExitCode.NOT_SUCCESSFUL;
			case STOPPED -> ExitCode.STOPPED;
			case ABORTED, CRASHED -> ExitCode.ABORTED;
		};
	}

	/**
	 * Returns the exit code of a failure.
	 * @param thrown the failure; its causes are examined, too
	 * @return the exit code; {@link ExitCode#UNEXPECTED} for unknown failures
	 */
	public static int of(Throwable thrown) {
		if (thrown.getCause() instanceof LinkBusyException) {
			return ExitCode.BUSY.value();
		}
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			Integer value = ofOne(cause);
			if (value != null) {
				return value;
			}
		}
		return ExitCode.UNEXPECTED.value();
	}

	private static @Nullable Integer ofOne(Throwable thrown) {
		if (thrown instanceof ExitCodeGenerator generator) {
			return generator.getExitCode();
		}
		if (thrown instanceof LinkBusyException || thrown instanceof JobExecutionAlreadyRunningException) {
			return ExitCode.BUSY.value();
		}
		if (thrown instanceof UnverifiableException) {
			return ExitCode.USAGE.value();
		}
		if (thrown instanceof RunRefusedException) {
			return ExitCode.CONFIGURATION.value();
		}
		if (thrown instanceof UnknownLinkException || thrown instanceof UntraceableException
				|| thrown instanceof UnknownException || thrown instanceof ConflictException
				|| thrown instanceof InvalidJobParametersException || thrown instanceof JobRestartException
				|| thrown instanceof JobExecutionNotRunningException
				|| thrown instanceof JobInstanceAlreadyCompleteException) {
			return ExitCode.USAGE.value();
		}
		Throwable first = first(thrown);
		if (first != thrown) {
			return of(first);
		}
		if (thrown instanceof AbortRunException || thrown instanceof LeaseLostException
				|| thrown instanceof DataAccessResourceFailureException
				|| DatabaseUnavailableException.isCauseOf(thrown)) {
			return ExitCode.ABORTED.value();
		}
		return null;
	}

	/**
	 * Returns the failure that preceded a failed rollback, which a lost connection
	 * causes.
	 * @param thrown the failure
	 * @return the first failure; the given one if there was no failed rollback
	 */
	public static Throwable first(Throwable thrown) {
		Throwable before = (thrown instanceof TransactionSystemException failed) ? failed.getApplicationException()
				: null;
		return (before != null) ? before : thrown;
	}

}
