package io.deltasync.http.source.answer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.deltasync.http.connection.HttpAnswer;
import io.deltasync.http.connection.HttpCall;
import io.deltasync.http.connection.HttpConnection;
import io.deltasync.http.source.options.HttpSourceOptions;
import io.deltasync.http.source.options.OptionProblems;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of a source, and knows what statuses mean to it. Immutable.
 *
 * @param connection the connection
 * @param retry the answers of a server that must be asked again later
 * @param noRecords the answers that have no records
 */
public record SourceCalls(HttpConnection connection, List<StatusRule> retry, List<StatusRule> noRecords) {

	private static final int SERVER_ERROR = 500;

	/** Reads the options about statuses. */
	public static SourceCalls of(HttpConnection connection, HttpSourceOptions options, OptionProblems problems) {
		List<StatusRule> retry = rules("retry-status", options.retryStatus(), problems);
		List<StatusRule> noRecords = rules("no-records-status", options.noRecordsStatus(), problems);
		for (StatusRule rule : noRecords) {
			if (rule.status() >= SERVER_ERROR) {
				problems.add("no-records-status",
						"has %d, with which a server says that it has failed; give statuses from 400 to 499"
							.formatted(rule.status()));
			}
			if (retry.stream().anyMatch((other) -> other.covers(rule))) {
				problems.add("no-records-status",
						"has %d, which retry-status has too; remove one of them".formatted(rule.status()));
			}
		}
		return new SourceCalls(connection, retry, noRecords);
	}

	private static List<StatusRule> rules(String property, @Nullable List<String> texts, OptionProblems problems) {
		List<StatusRule> rules = new ArrayList<>();
		for (String text : (texts != null) ? texts : List.<String>of()) {
			StatusRule rule = problems.parse(property, () -> StatusRule.of(text));
			if (rule != null) {
				rules.add(rule);
			}
		}
		return rules;
	}

	/**
	 * Sends a request.
	 * @return the answer; must be closed
	 * @throws IOException if there is no answer, or one of {@link #retry}; the run then
	 * asks again, with its own back-off
	 */
	public HttpAnswer send(HttpCall call) throws IOException, InterruptedException {
		HttpAnswer answer = this.connection.send(call);
		try {
			if (matches(this.retry, answer)) {
				throw new IOException("%s answered with status %d, which is one of retry-status: %s"
					.formatted(Answer.shown(call), answer.status(), answer.excerpt()));
			}
			return answer;
		}
		catch (IOException ex) {
			answer.close();
			throw ex;
		}
	}

	/** Whether an answer means that there are no records. */
	public boolean hasNoRecords(HttpAnswer answer) throws IOException {
		return matches(this.noRecords, answer);
	}

	private static boolean matches(List<StatusRule> rules, HttpAnswer answer) throws IOException {
		for (StatusRule rule : rules) {
			if (rule.isMetBy(answer)) {
				return true;
			}
		}
		return false;
	}

}
