package io.deltasync.http.source.answer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.deltasync.http.connection.HttpAnswer;
import io.deltasync.http.json.AnswerException;
import io.deltasync.http.json.JsonPath;
import io.deltasync.http.json.JsonRecords;
import org.jspecify.annotations.Nullable;

/**
 * A status with a meaning that the configuration gives it, possibly only if a field of
 * the answer has a value. Immutable.
 *
 * @param status the status
 * @param condition the condition; null for none
 */
public record StatusRule(int status, @Nullable FailCondition condition) {

	private static final Pattern TEXT = Pattern.compile("([45]\\d\\d)(?:\\s+(\\S.*))?");

	/** These are about the login or the pace, and the connection handles them. */
	private static final Set<Integer> OF_CONNECTION = Set.of(401, 407, 408, 425, 429);

	/**
	 * Reads a rule.
	 * @param text '404' or '400 code=busy'
	 * @throws IllegalArgumentException if it is neither; the message is the predicate of
	 * a sentence about the text
	 */
	public static StatusRule of(String text) {
		Matcher parts = TEXT.matcher(text.strip());
		if (!parts.matches()) {
			throw new IllegalArgumentException(
					"is '%s'; give a status of an error such as 404, or 400 code=busy".formatted(text));
		}
		int status = Integer.parseInt(parts.group(1));
		if (OF_CONNECTION.contains(status)) {
			throw new IllegalArgumentException("has %d, which the connection handles; remove it".formatted(status));
		}
		return new StatusRule(status, (parts.group(2) != null) ? FailCondition.of(parts.group(2)) : null);
	}

	/** Whether an answer has the status, and meets the condition. */
	public boolean isMetBy(HttpAnswer answer) throws IOException {
		if (answer.status() != this.status || this.condition == null) {
			return answer.status() == this.status;
		}
		Object content = content(answer.beginning());
		return content != null && this.condition.isMetBy(Answer.value(content, this.condition.path()));
	}

	private static @Nullable Object content(byte[] body) {
		try (JsonRecords content = new JsonRecords(new ByteArrayInputStream(body), JsonPath.of(""), List.of(),
				body.length)) {
			return content.hasNext() ? content.next() : null;
		}
		catch (AnswerException ex) {
			// the condition is about a field, so it is not met
			return null;
		}
	}

	/** Whether each answer that meets the other rule meets this one too. */
	public boolean covers(StatusRule other) {
		return this.status == other.status && (this.condition == null || this.condition.equals(other.condition));
	}

}
