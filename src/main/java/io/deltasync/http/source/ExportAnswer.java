package io.deltasync.http.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

import io.deltasync.http.connection.HttpAnswer;
import io.deltasync.http.connection.HttpCall;
import io.deltasync.http.json.AnswerException;
import io.deltasync.http.json.JsonPath;
import io.deltasync.http.json.JsonRecords;
import io.deltasync.http.source.answer.Answer;
import io.deltasync.http.source.answer.AnswerField;
import org.jspecify.annotations.Nullable;

/**
 * A short answer about an export. Immutable.
 *
 * @param answer the answer, for its headers
 * @param content the JSON object
 */
record ExportAnswer(HttpAnswer answer, Object content) {

	/**
	 * Reads an answer.
	 * @throws AnswerException if it is no JSON object
	 */
	static ExportAnswer read(HttpCall call, HttpAnswer answer, long maxBytes) throws IOException {
		byte[] body = answer.body().readNBytes((int) Math.min(maxBytes, Integer.MAX_VALUE - 8));
		if (body.length == 0) {
			return new ExportAnswer(answer, Map.of());
		}
		try (JsonRecords content = new JsonRecords(new ByteArrayInputStream(body), JsonPath.of(""), List.of(),
				maxBytes)) {
			Object object = content.hasNext() ? content.next() : null;
			return new ExportAnswer(answer, (object != null) ? object : Map.of());
		}
		catch (AnswerException ex) {
			throw new AnswerException("The answer of %s %s".formatted(Answer.shown(call), ex.getMessage()), ex);
		}
	}

	/** Returns a text, number or boolean; null if there is none. */
	@Nullable Object field(AnswerField field) {
		if (field.header() != null) {
			return this.answer.header(field.header());
		}
		Object value = Answer.value(this.content, field.path());
		return (value instanceof Map || value instanceof Iterable) ? null : value;
	}

}
