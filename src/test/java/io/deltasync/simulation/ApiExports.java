package io.deltasync.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The exports that an API has generated and nobody has deleted. An export has what was
 * committed when it was created. Not thread-safe.
 */
final class ApiExports {

	private final Map<String, Export> exports = new HashMap<>();

	private int created;

	/** An export that is ready after some questions for it. */
	private static final class Export {

		private final List<String> records;

		private int questions;

		Export(List<String> records, int questions) {
			this.records = records;
			this.questions = questions;
		}

		String state() {
			if (this.questions > 0) {
				this.questions--;
				return (this.questions > 0) ? "queued" : "working";
			}
			return this.records.isEmpty() ? "none" : "done";
		}

	}

	ApiAnswer answer(ApiRequest request, @Nullable ApiFault fault, Supplier<List<String>> records) {
		if (request.method().equals("POST")) {
			return create(records.get(), fault);
		}
		String id = request.name(2);
		Export export = this.exports.get(id);
		if (export == null) {
			return ApiAnswer.of(404, "");
		}
		if (request.method().equals("DELETE")) {
			this.exports.remove(id);
			return ApiAnswer.of(204, "");
		}
		return request.name(3).equals("file") ? file(export, fault) : state(export, fault);
	}

	private ApiAnswer create(List<String> records, @Nullable ApiFault fault) {
		this.created++;
		this.exports.put(String.valueOf(this.created), new Export(records, this.created % 3));
		return json(
				(fault == ApiFault.ERROR_INSIDE) ? "{\"error\":\"overloaded\"}" : "{\"id\":%d}".formatted(this.created),
				fault);
	}

	private static ApiAnswer state(Export export, @Nullable ApiFault fault) {
		String state = (fault == ApiFault.ERROR_INSIDE) ? "broken" : export.state();
		int total = export.records.size() + ((fault == ApiFault.WRONG_TOTAL) ? 1 : 0);
		return json("{\"status\":\"%s\",\"rows\":%d}".formatted(state, total), fault);
	}

	private static ApiAnswer json(String body, @Nullable ApiFault fault) {
		return ApiAnswer.json((fault == ApiFault.ENDS_EARLY) ? body.substring(0, body.length() / 2) : body);
	}

	/** A file ends early between two records, so that only the total disproves it. */
	private static ApiAnswer file(Export export, @Nullable ApiFault fault) {
		List<String> records = export.records;
		if (fault == ApiFault.SHORT || fault == ApiFault.ENDS_EARLY) {
			records = records.subList(0, records.size() - 1);
		}
		return ApiAnswer.json(String.join("\n", records) + "\n");
	}

}
