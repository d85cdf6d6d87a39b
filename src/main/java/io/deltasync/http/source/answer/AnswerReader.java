package io.deltasync.http.source.answer;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.deltasync.http.connection.HttpAnswer;
import io.deltasync.http.connection.HttpCall;
import io.deltasync.http.json.AnswerException;
import io.deltasync.http.json.JsonPath;
import io.deltasync.http.json.RecordContent;
import io.deltasync.http.source.options.PageFormat;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests and accepts their answers only if their status and content type are
 * those of records. Immutable.
 */
public final class AnswerReader {

	/** A record that does not exist, or no longer. */
	private static final Set<Integer> MISSING = Set.of(404, 410);

	private final SourceCalls calls;

	private final JsonPath records;

	private final List<JsonPath> wanted;

	private final List<FailCondition> failures;

	private final PageFormat format;

	/**
	 * Creates a reader.
	 * @param calls sends the requests
	 * @param records where the records are
	 * @param fields the other fields that are needed
	 * @param failures when an answer is an error
	 * @param format how the records are written
	 */
	public AnswerReader(SourceCalls calls, JsonPath records, Collection<AnswerField> fields,
			List<FailCondition> failures, PageFormat format) {
		this.calls = calls;
		this.records = records;
		this.wanted = Stream
			.concat(fields.stream().filter((field) -> field.header() == null).map(AnswerField::path),
					failures.stream().map(FailCondition::path))
			.toList();
		this.failures = failures;
		this.format = format;
	}

	/**
	 * Sends a request.
	 * @return the answer; must be closed
	 * @throws AnswerException if the answer is no answer with records
	 */
	public Answer send(HttpCall call) throws IOException, InterruptedException {
		Answer answer = sendForOne(call);
		if (answer == null) {
			throw new AnswerException(
					"%s answered with status 404 or 410: there is no such place; correct the path, or give no-records-status if it means that there are no records"
						.formatted(Answer.shown(call)));
		}
		return answer;
	}

	/**
	 * Sends a request for one record.
	 * @return the answer, which must be closed; null if there is no such record
	 * @throws AnswerException if the answer is no answer with records
	 */
	public @Nullable Answer sendForOne(HttpCall call) throws IOException, InterruptedException {
		try (HttpAnswer answer = this.calls.send(call)) {
			if (this.calls.hasNoRecords(answer)) {
				return new Answer(call, answer);
			}
			if (MISSING.contains(answer.status())) {
				return null;
			}
			if (answer.status() != 200) {
				throw new AnswerException("%s answered with status %d instead of 200%s".formatted(Answer.shown(call),
						answer.status(), excerpt(answer)));
			}
			String type = answer.header("Content-Type");
			if (!this.format.accepts(type)) {
				throw new AnswerException("%s answered with %s instead of %s%s; correct the path, or log in"
					.formatted(Answer.shown(call), type, this.format.format(), excerpt(answer)));
			}
			return new Answer(call, answer, open(call, answer), this.records.names().isEmpty(), this.failures);
		}
	}

	private RecordContent open(HttpCall call, HttpAnswer answer) throws IOException {
		try {
			return this.format.open(Spool.of(answer.body()), this.records, this.wanted);
		}
		catch (AnswerException ex) {
			throw Answer.failed(call, ex);
		}
	}

	private static String excerpt(HttpAnswer answer) {
		String excerpt = answer.excerpt();
		return excerpt.isEmpty() ? "" : ", and: " + excerpt;
	}

}
