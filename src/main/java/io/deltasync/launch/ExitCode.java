package io.deltasync.launch;

import io.deltasync.api.AbortRunException;
import io.deltasync.event.LeaseLostException;
import io.deltasync.event.LinkBusyException;
import io.deltasync.event.RunRefusedException;
import io.deltasync.event.Outcome;
import io.deltasync.event.SyncEvent;
import io.deltasync.link.UnknownLinkException;
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
 * What a process ends with, so that a script need not read what it printed.
 */
enum ExitCode {

	/** Everything was delivered, or there was nothing to do. */
	SUCCESS(0),

	/** Something that nobody foresaw; the log has the stack trace. */
	UNEXPECTED(1),

	/** The command line cannot be used, or names what there is not. */
	USAGE(2),

	/** The run went to its end, but not everything was delivered. */
	NOT_SUCCESSFUL(3),

	/** The configuration cannot be used. */
	CONFIGURATION(4),

	/**
	 * The run, or the asking, could not go on: source, target or database is not there,
	 * or what the event says.
	 */
	ABORTED(5),

	/**
	 * The Link, or the embedded database, is in use: the same again later may succeed.
	 */
	BUSY(6),

	/** A signal or a person stopped it; the state is clean. */
	STOPPED(143);

	private final int value;

	ExitCode(int value) {
		this.value = value;
	}

	int value() {
		return this.value;
	}

	static ExitCode of(SyncEvent event) {
		return switch (event.status()) {
			case COMPLETED -> event.success() ? SUCCESS : NOT_SUCCESSFUL;
			case STOPPED -> STOPPED;
			default -> ABORTED;
		};
	}

	static ExitCode of(Outcome outcome) {
		return switch (outcome) {
			case COMPLETED -> SUCCESS;
			case COMPLETED_WITH_FAILURES -> NOT_SUCCESSFUL;
			case STOPPED -> STOPPED;
			case ABORTED, CRASHED -> ABORTED;
		};
	}

	/**
	 * Finds the exit code for what was thrown.
	 * @param thrown what was thrown; its causes are looked at too
	 * @return the number, {@link #UNEXPECTED} for what nobody foresaw
	 */
	static int of(Throwable thrown) {
		if (thrown.getCause() instanceof LinkBusyException) {
			return BUSY.value;
		}
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			Integer value = ofOne(cause);
			if (value != null) {
				return value;
			}
		}
		return UNEXPECTED.value;
	}

	private static @Nullable Integer ofOne(Throwable thrown) {
		if (thrown instanceof ExitCodeGenerator generator) {
			return generator.getExitCode();
		}
		if (thrown instanceof LinkBusyException || thrown instanceof JobExecutionAlreadyRunningException) {
			return BUSY.value;
		}
		if (thrown instanceof RunRefusedException) {
			return CONFIGURATION.value;
		}
		if (thrown instanceof UnknownLinkException || thrown instanceof InvalidJobParametersException
				|| thrown instanceof JobRestartException || thrown instanceof JobExecutionNotRunningException
				|| thrown instanceof JobInstanceAlreadyCompleteException) {
			return USAGE.value;
		}
		Throwable first = first(thrown);
		if (first != thrown) {
			return of(first);
		}
		if (thrown instanceof AbortRunException || thrown instanceof LeaseLostException
				|| thrown instanceof DataAccessResourceFailureException || DatabaseUnavailableException.isWhy(thrown)) {
			return ABORTED.value;
		}
		return null;
	}

	/**
	 * Finds what was wrong before a transaction could not be rolled back: a lost
	 * connection cannot be.
	 * @param thrown what was thrown
	 * @return what was thrown first; mostly the same
	 */
	static Throwable first(Throwable thrown) {
		Throwable before = (thrown instanceof TransactionSystemException failed) ? failed.getApplicationException()
				: null;
		return (before != null) ? before : thrown;
	}

}
