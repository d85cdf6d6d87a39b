package io.deltasync.cli.process;

import java.sql.SQLException;
import java.util.List;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.deltasync.api.AbortRunException;
import io.deltasync.lease.LeaseLostException;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Suppresses stack traces that libraries log for failures which an operator can fix, such
 * as an unavailable database: the event explains them in one sentence. Other failures are
 * logged.
 */
public class ForeseenFilter extends Filter<ILoggingEvent> {

	/** The libraries below a run, whose failures the event explains. */
	private static final List<String> LIBRARIES = List.of("org.springframework.batch.",
			"org.springframework.transaction.", "org.springframework.jdbc.");

	@Override
	public FilterReply decide(ILoggingEvent event) {
		return (LIBRARIES.stream().anyMatch(event.getLoggerName()::startsWith)
				&& event.getThrowableProxy() instanceof ThrowableProxy proxy && isForeseen(proxy.getThrowable()))
						? FilterReply.DENY : FilterReply.NEUTRAL;
	}

	private static boolean isForeseen(Throwable thrown) {
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException || cause instanceof DataAccessException
					|| cause instanceof TransactionException || cause instanceof AbortRunException
					|| cause instanceof LeaseLostException || isOfPartitions(cause)) {
				return true;
			}
		}
		return false;
	}

	/** Whether this only reports a failed lane, which logs its own failure. */
	private static boolean isOfPartitions(Throwable thrown) {
		return thrown instanceof JobExecutionException
				&& String.valueOf(thrown.getMessage()).startsWith("Partition handler returned");
	}

}
