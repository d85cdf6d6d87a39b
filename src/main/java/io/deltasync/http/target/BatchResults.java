package io.deltasync.http.target;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.deltasync.api.RecordInFlight;
import io.deltasync.api.TargetUnavailableException;
import io.deltasync.http.connection.HttpAnswer;
import io.deltasync.http.connection.HttpCall;
import io.deltasync.http.connection.HttpException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads from the answer what became of each record of a batch. A record counts as
 * delivered only if its result says so. Immutable.
 */
final class BatchResults {

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private static final int REASON = 300;

	private final ResultOptions options;

	private final Set<Integer> successStatus;

	BatchResults(ResultOptions options, Set<Integer> successStatus) {
		this.options = options;
		this.successStatus = successStatus;
	}

	/**
	 * Marks the records that failed.
	 * @throws RejectedBatchException if the answer does not say what became of them
	 */
	void mark(List<RecordInFlight> records, HttpCall call, HttpAnswer answer) throws RejectedBatchException {
		JsonNode results = at(read(call, answer), this.options.path());
		if (results == null || !results.isArray()) {
			throw new RejectedBatchException(
					"%s %s answers with status %d, but without a list of results%s; correct the target's results.path"
						.formatted(call.method(), answer.shownUri(), answer.status(),
								this.options.path().isEmpty() ? "" : " at '" + this.options.path() + "'"));
		}
		if (this.options.key() == null) {
			markByOrder(records, results);
		}
		else {
			markByKey(records, results, this.options.key());
		}
	}

	private static JsonNode read(HttpCall call, HttpAnswer answer) throws RejectedBatchException {
		try {
			return JSON.readTree(answer.body().readAllBytes());
		}
		catch (HttpException ex) {
			// what became of the records is unknown, so they are delivered again
			throw new TargetUnavailableException(String.valueOf(ex.getMessage()), ex);
		}
		catch (IOException | JacksonException ex) {
			throw new RejectedBatchException(
					"%s %s answers with status %d, but not in JSON; correct the target's results"
						.formatted(call.method(), answer.shownUri(), answer.status()));
		}
	}

	private void markByOrder(List<RecordInFlight> records, JsonNode results) throws RejectedBatchException {
		if (results.size() != records.size()) {
			throw new RejectedBatchException(
					"the answer has %d results for %d records, so it is unknown whose they are; set the target's results.key"
						.formatted(results.size(), records.size()));
		}
		for (int i = 0; i < records.size(); i++) {
			mark(records.get(i), results.get(i));
		}
	}

	private void markByKey(List<RecordInFlight> records, JsonNode results, String key) {
		Map<String, List<JsonNode>> byKey = new HashMap<>();
		results.forEach(
				(result) -> byKey.computeIfAbsent(text(at(result, key)), (missing) -> new ArrayList<>()).add(result));
		for (RecordInFlight record : records) {
			Object value = record.get(key);
			List<JsonNode> own = byKey.getOrDefault((value != null) ? keyText(key, value) : "", List.of());
			if (value == null || own.isEmpty()) {
				record.addError("the answer has no result for this record");
			}
			own.forEach((result) -> mark(record, result));
		}
	}

	private static String keyText(String key, Object value) {
		try {
			return JsonValue.text(key, value);
		}
		catch (RejectedRecordException ex) {
			return "";
		}
	}

	private void mark(RecordInFlight record, JsonNode result) {
		JsonNode status = at(result, this.options.status());
		if (!isSuccess(status)) {
			JsonNode error = (this.options.error() != null) ? at(result, this.options.error()) : null;
			String reason = text(error);
			record.addError("the target answers with status %s%s".formatted((status != null) ? text(status) : "missing",
					reason.isEmpty() ? ""
							: ": " + ((reason.length() > REASON) ? reason.substring(0, REASON) : reason)));
		}
	}

	private boolean isSuccess(@Nullable JsonNode status) {
		String text = text(status);
		if (this.options.success() != null) {
			return this.options.success().contains(text);
		}
		return text.matches("2\\d\\d")
				|| (text.matches("\\d{3}") && this.successStatus.contains(Integer.valueOf(text)));
	}

	private static @Nullable JsonNode at(@Nullable JsonNode node, String path) {
		JsonNode found = node;
		for (String name : path.isEmpty() ? new String[0] : path.split("\\.")) {
			found = (found != null) ? found.get(name) : null;
		}
		return found;
	}

	private static String text(@Nullable JsonNode node) {
		return (node == null || node.isNull() || node.isMissingNode()) ? ""
				: node.isValueNode() ? node.asString() : node.toString();
	}

}
