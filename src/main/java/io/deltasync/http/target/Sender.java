package io.deltasync.http.target;

import java.time.Duration;

import io.deltasync.api.RunContext;
import io.deltasync.api.TargetUnavailableException;
import io.deltasync.http.connection.HttpAnswer;
import io.deltasync.http.connection.HttpCall;
import io.deltasync.http.connection.HttpConnection;
import io.deltasync.http.connection.HttpException;
import io.deltasync.http.connection.HttpRetryLaterException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests that change the server, unless another run may have started. Confined to
 * one thread.
 */
final class Sender {

	private final HttpConnection connection;

	private final HttpTargetOptions options;

	/** When the run was last seen to hold its Link, by {@link System#nanoTime()}. */
	private @Nullable Long checkedAt;

	Sender(HttpConnection connection, HttpTargetOptions options) {
		this.connection = connection;
		this.options = options;
	}

	/**
	 * Sends a request.
	 * @return the answer, which says something about the records that were sent
	 * @throws TargetUnavailableException if the server takes no record at present
	 */
	HttpAnswer send(HttpCall call) throws InterruptedException {
		HttpAnswer answer;
		try {
			answer = this.connection.send(call, this::checkBeforeAttempt);
		}
		catch (HttpRetryLaterException ex) {
			throw new TargetUnavailableException(
					"%s. Restart the run after that time".formatted(String.valueOf(ex.getMessage())), ex);
		}
		catch (HttpException ex) {
			throw new TargetUnavailableException(String.valueOf(ex.getMessage()), ex);
		}
		if (isOutage(answer.status())) {
			try (answer) {
				throw new TargetUnavailableException(
						"The target takes no records: %s".formatted(describe(call, answer)), null);
			}
		}
		return answer;
	}

	private boolean isOutage(int status) {
		if (this.options.successStatus().contains(status) || this.options.recordStatus().contains(status)) {
			return false;
		}
		boolean redirected = status >= 300 && status < 400;
		return redirected || status == 401 || status == 407 || status == 408 || status == 425 || status >= 500;
	}

	/** Describes an answer for operators. */
	static String describe(HttpCall call, HttpAnswer answer) {
		String text = answer.excerpt();
		return "%s %s answers with status %d%s".formatted(call.method(), answer.shownUri(), answer.status(),
				text.isEmpty() ? "" : ": " + text);
	}

	/**
	 * A check asks DeltaSync's database, so it is not made for each of many quick
	 * requests: for some time after it, no other run can start.
	 */
	private void checkBeforeAttempt() {
		Duration limit = RunContext.commitLimit();
		long now = System.nanoTime();
		Long last = this.checkedAt;
		if (last == null || limit == null || now - last > limit.toNanos() / 4) {
			RunContext.checkBeforeCommit();
			this.checkedAt = now;
		}
	}

	/** Begins another call of the target, in which the Link has to be checked first. */
	void begin() {
		this.checkedAt = null;
	}

}
