package io.deltasync.http.source;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import io.deltasync.http.connection.HttpAnswer;
import io.deltasync.http.connection.HttpCall;
import io.deltasync.http.json.AnswerException;
import io.deltasync.http.source.answer.Answer;
import io.deltasync.http.source.answer.AnswerField;
import io.deltasync.http.source.answer.SourceCalls;
import io.deltasync.http.source.delta.Window;
import io.deltasync.http.source.request.RequestTemplate;
import io.deltasync.http.template.Placeholders;
import org.jspecify.annotations.Nullable;

/**
 * The requests about an export. Of the answers, they keep the fields that a later request
 * needs. Immutable.
 *
 * @param calls sends them
 * @param createTemplate creates the export
 * @param pollTemplate asks for its state
 * @param downloadTemplate downloads it
 * @param deleteTemplate deletes it; may be null
 * @param cancelTemplate cancels it; may be null
 * @param created where the answer to the creation has fields, by their names
 * @param polled where the answer about the state has fields, by their names
 * @param maxBytes the most bytes of an answer about an export
 */
record ExportRequests(SourceCalls calls, RequestTemplate createTemplate, RequestTemplate pollTemplate,
		RequestTemplate downloadTemplate, @Nullable RequestTemplate deleteTemplate,
		@Nullable RequestTemplate cancelTemplate, Map<String, AnswerField> created, Map<String, AnswerField> polled,
		long maxBytes) {

	/** The field with the id of the export. */
	static final String ID = "id";

	/** The field with its state. */
	static final String STATUS = "_status";

	/** The field with the number of its records. */
	static final String TOTAL = "_total";

	/** Says that an export takes the place of one that was gone. */
	static final String RENEWED = "_renewed";

	private static final Set<Integer> GONE = Set.of(404, 410);

	/** Returns the fields of answers that later requests need. */
	static Map<String, AnswerField> fields(@Nullable RequestTemplate... templates) {
		Map<String, AnswerField> fields = new LinkedHashMap<>();
		for (RequestTemplate template : templates) {
			for (String name : (template != null) ? template.names() : Set.<String>of()) {
				if (name.startsWith(Placeholders.JOB)) {
					String field = name.substring(Placeholders.JOB.length());
					fields.put(field, AnswerField.of(field));
				}
			}
		}
		fields.remove(ID);
		return fields;
	}

	/** Returns the request that creates an export. */
	HttpCall creation(Window window) {
		return this.createTemplate.call(window.values(), Map.of(), false);
	}

	/**
	 * Creates an export, and returns what is known of it.
	 * @param before what was known before
	 */
	Map<String, Object> create(Window window, Map<String, Object> before) throws IOException, InterruptedException {
		return Objects.requireNonNull(send(creation(window), before, this.created, false));
	}

	/**
	 * Asks for the state of an export.
	 * @return what is known of it; null if it was there and no longer is
	 */
	@Nullable Map<String, Object> poll(Window window, Map<String, Object> job) throws IOException, InterruptedException {
		Map<String, Object> before = new LinkedHashMap<>(job);
		before.keySet().removeAll(Set.of(STATUS, TOTAL));
		return send(this.pollTemplate.call(values(window.values(), job), Map.of(), true), before, this.polled,
				job.containsKey(STATUS));
	}

	HttpCall download(Window window, Map<String, Object> job) {
		return this.downloadTemplate.call(values(window.values(), job), Map.of(), true);
	}

	private static Map<String, Object> values(Map<String, Object> values, Map<String, Object> job) {
		Map<String, Object> all = new TreeMap<>(values);
		job.forEach((name, value) -> all.put(Placeholders.JOB + name, value));
		return all;
	}

	private @Nullable Map<String, Object> send(HttpCall call, Map<String, Object> before,
			Map<String, AnswerField> fields, boolean mayBeGone) throws IOException, InterruptedException {
		Map<String, Object> job = new LinkedHashMap<>(before);
		try (HttpAnswer answer = this.calls.send(call)) {
			if (mayBeGone && GONE.contains(answer.status())) {
				return null;
			}
			if (!answer.isSuccess()) {
				throw failed(call, answer);
			}
			ExportAnswer content = ExportAnswer.read(call, answer, this.maxBytes);
			fields.forEach((name, field) -> {
				Object value = content.field(field);
				if (value != null) {
					job.put(name, value);
				}
			});
		}
		return job;
	}

	/** Deletes the export, which may have been deleted already. */
	void delete(Map<String, Object> job) throws IOException, InterruptedException {
		end(this.deleteTemplate, job);
	}

	/** Cancels the export, which may have ended. */
	void cancel(Map<String, Object> job) throws IOException, InterruptedException {
		end(this.cancelTemplate, job);
	}

	private void end(@Nullable RequestTemplate template, Map<String, Object> job)
			throws IOException, InterruptedException {
		if (template == null) {
			return;
		}
		HttpCall call = template.call(values(Map.of(), job), Map.of(), true);
		try (HttpAnswer answer = this.calls.send(call)) {
			if (!answer.isSuccess() && !GONE.contains(answer.status())) {
				throw failed(call, answer);
			}
		}
	}

	private static AnswerException failed(HttpCall call, HttpAnswer answer) {
		return new AnswerException(
				"%s answered with status %d: %s".formatted(Answer.shown(call), answer.status(), answer.excerpt()));
	}

}
