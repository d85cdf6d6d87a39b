package io.deltasync.console.api.problem;

import java.util.Objects;
import java.util.function.Function;

import io.deltasync.api.AbortRunException;
import io.deltasync.config.ConfigurationException;
import io.deltasync.config.ExitCode;
import io.deltasync.config.LaunchException;
import io.deltasync.config.Secrets;
import io.deltasync.connection.ConnectionUnavailableException;
import io.deltasync.console.ConflictException;
import io.deltasync.console.KeyReusedException;
import io.deltasync.console.UnknownException;
import io.deltasync.event.RunRefusedException;
import io.deltasync.inbox.InboxFullException;
import io.deltasync.lease.LinkBusyException;
import io.deltasync.link.UnknownLinkException;
import io.deltasync.run.fetch.RefusedPushException;
import io.deltasync.schema.DatabaseUnavailableException;
import io.deltasync.trace.UntraceableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.launch.JobExecutionNotRunningException;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Describes exceptions as problems, without secrets, class names and stack traces.
 */
final class Problems {

	private static final Logger logger = LoggerFactory.getLogger(Problems.class);

	private Problems() {
	}

	/**
	 * Describes an exception.
	 * @param thrown the exception; its causes are examined, too
	 * @param instance the path of the request
	 * @return the problem; {@link ProblemType#INTERNAL_ERROR}, which is logged, for
	 * unknown exceptions
	 */
	static Problem of(Throwable thrown, String instance) {
		LinkBusyException busy = cause(thrown, LinkBusyException.class);
		if (busy != null) {
			return Problem.of(ProblemType.LINK_BUSY, message(busy), instance).heldBy(busy.holder(), busy.event());
		}
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			Problem problem = ofOne(cause, instance);
			if (problem != null) {
				return problem;
			}
		}
		logger.error("A request to {} failed unexpectedly", instance, thrown);
		return Problem.of(ProblemType.INTERNAL_ERROR, "The log of this process has the reason", instance);
	}

	private static @Nullable Problem ofOne(Throwable thrown, String instance) {
		Function<ProblemType, Problem> problem = (type) -> Problem.of(type, message(thrown), instance);
		if (thrown instanceof ApiException known) {
			return problem.apply(known.type()).shownBy(known.event());
		}
		if (thrown instanceof UntraceableException) {
			return problem.apply(ProblemType.INVALID_REQUEST);
		}
		if (thrown instanceof RefusedPushException refused) {
			return problem.apply(switch (refused.reason()) {
				case TYPE -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
				case MALFORMED -> ProblemType.INVALID_REQUEST;
				case CONTENT -> ProblemType.RECORDS_REFUSED;
			});
		}
		if (thrown instanceof KeyReusedException) {
			return problem.apply(ProblemType.KEY_REUSED);
		}
		if (thrown instanceof InboxFullException) {
			return problem.apply(ProblemType.INBOX_FULL);
		}
		if (thrown instanceof UnknownException || thrown instanceof UnknownLinkException) {
			return problem.apply(ProblemType.NOT_FOUND);
		}
		if (thrown instanceof ConflictException || thrown instanceof JobExecutionNotRunningException) {
			return problem.apply(ProblemType.CONFLICT);
		}
		if (thrown instanceof HttpMessageNotReadableException unreadable) {
			ApiException known = cause(unreadable, ApiException.class);
			return (known != null) ? ofOne(known, instance)
					: Problem.of(ProblemType.INVALID_REQUEST, body(unreadable), instance);
		}
		if (thrown instanceof MethodArgumentTypeMismatchException mismatch) {
			return Problem.of(ProblemType.INVALID_REQUEST,
					"'%s' has a wrong value: %s".formatted(mismatch.getName(), mismatch.getValue()), instance);
		}
		if (thrown instanceof ErrorResponse response) {
			return ofSpring(response, instance);
		}
		return ofRun(thrown, problem, instance);
	}

	private static @Nullable Problem ofRun(Throwable thrown, Function<ProblemType, Problem> problem, String instance) {
		if (thrown instanceof ConnectionUnavailableException || thrown instanceof AbortRunException) {
			return problem.apply(ProblemType.UNAVAILABLE);
		}
		if (thrown instanceof JobExecutionException || thrown instanceof LaunchException
				|| thrown instanceof ConfigurationException) {
			return problem.apply(ProblemType.RUN_REFUSED).exiting(exitCode(thrown));
		}
		if (cause(thrown, ConnectionUnavailableException.class) == null
				&& cause(thrown, AbortRunException.class) == null && DatabaseUnavailableException.isCauseOf(thrown)) {
			return Problem.of(ProblemType.UNAVAILABLE,
					"The database of the JobRepository is not available. Try again later", instance);
		}
		return null;
	}

	/** Returns the exit code of the same command without a server. */
	private static int exitCode(Throwable thrown) {
		if (thrown instanceof ExitCodeGenerator generator) {
			return generator.getExitCode();
		}
		return ((thrown instanceof RunRefusedException) ? ExitCode.CONFIGURATION : ExitCode.USAGE).value();
	}

	/** Describes an exception by which Spring rejects a request. */
	private static @Nullable Problem ofSpring(ErrorResponse response, String instance) {
		for (ProblemType type : ProblemType.values()) {
			if (type.status().isSameCodeAs(response.getStatusCode()) && type != ProblemType.INTERNAL_ERROR) {
				String detail = response.getBody().getDetail();
				return Problem.of(type, (detail != null) ? detail : type.title(), instance);
			}
		}
		return null;
	}

	private static String body(HttpMessageNotReadableException unreadable) {
		if (unreadable.getCause() instanceof UnrecognizedPropertyException unknown) {
			return "The field '%s' is unknown. Fields: %s".formatted(unknown.getPropertyName(),
					Objects.requireNonNullElse(unknown.getKnownPropertyIds(), ""));
		}
		if (unreadable.getCause() instanceof DatabindException wrong && !wrong.getPath().isEmpty()) {
			return "The field '%s' has a wrong value".formatted(wrong.getPath().get(0).getPropertyName());
		}
		if (unreadable.getCause() instanceof JacksonException wrong && wrong.getLocation() != null) {
			TokenStreamLocation place = wrong.getLocation();
			return "The body is not the expected JSON: see line %d, column %d".formatted(place.getLineNr(),
					place.getColumnNr());
		}
		return "The body is missing, or is not JSON";
	}

	private static <T> @Nullable T cause(Throwable thrown, Class<T> type) {
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return type.cast(cause);
			}
		}
		return null;
	}

	private static String message(Throwable thrown) {
		return Secrets.mask(Objects.requireNonNullElse(thrown.getMessage(), thrown.getClass().getSimpleName()));
	}

}
