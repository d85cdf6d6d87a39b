package io.deltasync.http.source.answer;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.deltasync.http.connection.HttpAnswer;
import io.deltasync.http.connection.HttpCall;
import io.deltasync.http.json.AnswerException;
import io.deltasync.http.json.JsonPath;
import io.deltasync.http.json.JsonRecords;
import io.deltasync.http.json.RecordContent;
import org.jspecify.annotations.Nullable;

/**
 * An answer with records, in order. Its fields are known after the last record. All
 * exceptions name the request. Confined to one thread.
 */
public final class Answer implements Iterator<Object>, AutoCloseable {

	private final HttpCall call;

	private final HttpAnswer answer;

	private final RecordContent records;

	private final boolean whole;

	private final boolean absent;

	private final List<FailCondition> failures;

	private boolean checked;

	/**
	 * Creates the answer.
	 * @param records its records
	 * @param whole whether it consists of them
	 * @param failures when it is an error
	 */
	public Answer(HttpCall call, HttpAnswer answer, RecordContent records, boolean whole,
			List<FailCondition> failures) {
		this.call = call;
		this.answer = answer;
		this.records = records;
		this.whole = whole;
		this.failures = failures;
		this.absent = false;
	}

	/** Creates an answer whose status says that there are no records. */
	public Answer(HttpCall call, HttpAnswer answer) {
		this.call = call;
		this.answer = answer;
		this.records = new JsonRecords(new ByteArrayInputStream("[]".getBytes(StandardCharsets.UTF_8)), JsonPath.of(""),
				List.of(), 1);
		this.whole = false;
		this.failures = List.of();
		this.absent = true;
	}

	/** Whether the status says that there are no records. */
	public boolean isAbsent() {
		return this.absent;
	}

	/** Returns why there are no records, if the status says so. */
	public String absence() {
		return "%s answered with status %d, which means by no-records-status that there are no records"
			.formatted(shown(this.call), this.answer.status());
	}

	/** Returns the status. */
	public int status() {
		return this.answer.status();
	}

	/**
	 * Whether there are more records.
	 * @throws AnswerException if the answer is not what was asked for
	 */
	@Override
	public boolean hasNext() {
		try {
			boolean more = this.records.hasNext();
			if (!more && !this.checked) {
				this.failures.forEach((condition) -> check(condition, this.records.field(condition.path())));
				this.checked = true;
			}
			return more;
		}
		catch (AnswerException ex) {
			throw failed(ex);
		}
	}

	@Override
	public Object next() {
		try {
			Object record = this.records.next();
			if (record == null) {
				throw new AnswerException("has a record that is null");
			}
			if (this.whole && record instanceof Map<?, ?> map) {
				this.failures.forEach((condition) -> check(condition, value(map, condition.path())));
			}
			return record;
		}
		catch (AnswerException ex) {
			throw failed(ex);
		}
	}

	private static void check(FailCondition condition, @Nullable Object found) {
		if (condition.isMetBy(found)) {
			String text = String.valueOf(found);
			throw new AnswerException("is an error by 'fail-when', because '%s' is: %s".formatted(condition.path(),
					(text.length() > 200) ? text.substring(0, 200) + "…" : text));
		}
	}

	/** Returns a field of a value; null if there is none. */
	public static @Nullable Object value(Object record, JsonPath path) {
		Object value = record;
		for (String name : path.names()) {
			value = (value instanceof Map<?, ?> map) ? map.get(name) : null;
		}
		return value;
	}

	/**
	 * Returns a field.
	 * @return the value; null if there is none, or if it is null, an object or an array
	 */
	public @Nullable Object field(AnswerField field) {
		if (field.header() == null) {
			return this.records.field(field.path());
		}
		return field.isLinkHeader() ? LinkHeader.next(this.answer.headers("Link")) : this.answer.header(field.header());
	}

	/** Whether there is a field, even if it is null. */
	public boolean has(AnswerField field) {
		return (field.header() != null) ? this.answer.header(field.header()) != null : this.records.has(field.path());
	}

	/**
	 * Returns a number.
	 * @return the number; null if there is no such field
	 * @throws AnswerException if the field is not a whole number of 0 or more
	 */
	public @Nullable Long number(AnswerField field) {
		Object value = field(field);
		if (value == null) {
			return null;
		}
		String text = value.toString().strip();
		if (!text.matches("\\d{1,18}")) {
			throw failed(
					new AnswerException("has '%s' at %s, which is not a number of records".formatted(text, field)));
		}
		return Long.valueOf(text);
	}

	/** Returns the time of the server's clock; null if the answer does not say it. */
	public @Nullable Instant date() {
		return this.answer.date();
	}

	/** Returns the URL of the answer, after redirects. */
	public URI uri() {
		return this.answer.uri();
	}

	/** Returns an exception about this answer. */
	public AnswerException failed(String message) {
		return failed(new AnswerException(message));
	}

	/** Adds the request to an exception that does not name it yet. */
	public AnswerException failed(AnswerException ex) {
		return failed(this.call, ex);
	}

	/** Adds a request to an exception about its answer that does not name it yet. */
	public static AnswerException failed(HttpCall call, AnswerException ex) {
		String start = "The answer of %s ".formatted(shown(call));
		return String.valueOf(ex.getMessage()).startsWith(start) ? ex
				: new AnswerException(start + ex.getMessage(), ex);
	}

	/** Returns a request for messages; a link of the server may contain secrets. */
	public static String shown(HttpCall call) {
		String query = call.query()
			.stream()
			.map((pair) -> pair.getKey() + "=" + SecretNames.shown(pair.getKey(), pair.getValue()))
			.collect(Collectors.joining("&"));
		return "%s %s%s".formatted(call.method(), call.target().replaceFirst("[?#].*", ""),
				query.isEmpty() ? "" : "?" + query);
	}

	@Override
	public void close() {
		this.records.close();
	}

}
