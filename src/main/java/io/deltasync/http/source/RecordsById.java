package io.deltasync.http.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;

import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.http.connection.HttpCall;
import io.deltasync.http.json.AnswerException;
import io.deltasync.http.json.ParentValues;
import io.deltasync.http.source.answer.Answer;
import io.deltasync.http.source.answer.AnswerReader;
import io.deltasync.http.source.options.HttpSourceOptions.Missing;
import io.deltasync.http.source.page.RecordMaker;
import io.deltasync.http.source.request.RequestTemplate;
import io.deltasync.http.template.Placeholders;
import org.jspecify.annotations.Nullable;

/**
 * Asks for records by their ids, for one or several with each request. Immutable.
 *
 * @param template the request
 * @param reader reads the answers
 * @param maker makes records
 * @param perCall the number of ids of a request
 * @param key the property that has the id
 * @param missing what becomes of an id without a record
 */
record RecordsById(RequestTemplate template, AnswerReader reader, RecordMaker maker, int perCall, String key,
		Missing missing) {

	/** What says that there is no such record, rather than that it is hidden. */
	private static final Set<Integer> MISSING = Set.of(404, 410);

	/** Returns the records of a scope, asking for them one request after the other. */
	Iterable<RecordInFlight> fetch(HttpScope.Ids scope) {
		return () -> new Pass(scope);
	}

	private List<RecordInFlight> ask(HttpScope.Ids scope, int from, int to) throws IOException, InterruptedException {
		List<Object> ids = scope.ids().subList(from, to);
		Map<String, Object> values = new HashMap<>(scope.window().values());
		values.put(Placeholders.ID, ids.get(0));
		values.put(Placeholders.IDS, ids);
		HttpCall call = this.template.call(values, Map.of(), true);
		List<RecordInFlight> records = new ArrayList<>();
		try (Answer answer = (ids.size() == 1) ? this.reader.sendForOne(call) : this.reader.send(call)) {
			if (answer != null) {
				addAll(answer, scope, from, to, records);
				if (answer.isAbsent() && !MISSING.contains(answer.status())) {
					ids.forEach((id) -> records.add(ignored(id, "the source answers with status " + answer.status())));
					return records;
				}
			}
			addMissing(ids, records, Answer.shown(call));
		}
		records.removeIf((found) -> !this.maker.hasChanged(found, scope.window()));
		return records;
	}

	private void addAll(Answer answer, HttpScope.Ids scope, int from, int to, List<RecordInFlight> records) {
		try {
			while (answer.hasNext()) {
				Object found = answer.next();
				records.add(this.maker.make((scope.properties() != null)
						? ParentValues.added(found, properties(scope, from, to, found), "list.properties") : found));
			}
		}
		catch (AnswerException ex) {
			throw answer.failed(ex);
		}
	}

	private Map<String, @Nullable Object> properties(HttpScope.Ids scope, int from, int to, Object found) {
		String id = (found instanceof Map<?, ?> map) ? String.valueOf(map.get(this.key)) : "";
		for (int i = from; i < to; i++) {
			if (to - from == 1 || scope.ids().get(i).toString().equals(id)) {
				return scope.properties(i);
			}
		}
		throw new AnswerException(
				"has a record whose '%s' is '%s', which was not asked for, so its list.properties are unknown; correct key"
					.formatted(this.key, id));
	}

	private void addMissing(List<Object> ids, List<RecordInFlight> records, String call) {
		if (this.perCall == 1) {
			if (records.isEmpty()) {
				records.add(missing(ids.get(0), call));
			}
			return;
		}
		Map<String, Object> left = new LinkedHashMap<>();
		ids.forEach((id) -> left.put(id.toString(), id));
		records.forEach((found) -> left.remove(String.valueOf(found.getOriginal(this.key))));
		left.values().forEach((id) -> records.add(missing(id, call)));
	}

	private RecordInFlight ignored(Object id, String reason) {
		RecordInFlight ignored = new RecordInFlight(Map.of(this.key, id)).identifiedBy(List.of(this.key));
		ignored.ignore(reason);
		return ignored;
	}

	private RecordInFlight missing(Object id, String call) {
		RecordInFlight missing = new RecordInFlight(Map.of(this.key, id),
				(this.missing == Missing.DELETE) ? Operation.DELETE : Operation.UPSERT)
			.identifiedBy(List.of(this.key));
		if (this.missing == Missing.REJECT) {
			missing
				.addError("is listed by the source, but %s has no such record; if it was deleted meanwhile, the next "
					.formatted(call) + "run does not list it: discard this record, or give 'missing: ignore'");
		}
		else if (this.missing == Missing.IGNORE) {
			missing.ignore("listed, but not found");
		}
		return missing;
	}

	/** The records of a scope. Confined to one thread. */
	private final class Pass implements Iterator<RecordInFlight> {

		private final HttpScope.Ids scope;

		private final Queue<RecordInFlight> ready = new ArrayDeque<>();

		private int asked;

		Pass(HttpScope.Ids scope) {
			this.scope = scope;
		}

		@Override
		public boolean hasNext() {
			List<Object> ids = this.scope.ids();
			while (this.ready.isEmpty() && this.asked < ids.size()) {
				int end = Math.min(this.asked + RecordsById.this.perCall, ids.size());
				try {
					this.ready.addAll(ask(this.scope, this.asked, end));
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
					throw new IllegalStateException("Interrupted while asking for records", ex);
				}
				this.asked = end;
			}
			return !this.ready.isEmpty();
		}

		@Override
		public RecordInFlight next() {
			if (!hasNext()) {
				throw new NoSuchElementException();
			}
			return this.ready.remove();
		}

	}

}
