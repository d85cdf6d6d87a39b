package io.deltasync.http.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.http.json.AnswerException;
import io.deltasync.http.json.JsonPath;
import io.deltasync.http.source.answer.Answer;
import io.deltasync.http.source.answer.AnswerField;
import io.deltasync.http.source.delta.DeltaReading;
import io.deltasync.http.source.delta.Window;
import io.deltasync.http.source.options.ListOptions;
import io.deltasync.http.source.options.OptionProblems;
import io.deltasync.http.source.page.ChainLinks;
import io.deltasync.http.source.page.ChainPosition;
import io.deltasync.http.source.page.PageKeys;
import io.deltasync.http.source.page.PageOrder;
import org.jspecify.annotations.Nullable;

/**
 * A list of ids, page by page, and then the records that they name.
 */
final class IdsThenRecords implements ReadingPattern {

	/** Ids of a scope: few enough to fetch them again after a failure. */
	private static final int SCOPE = 20;

	private final ChainLinks links;

	private final IdField id;

	private final DeltaReading delta;

	private final RecordsById records;

	private final @Nullable AnswerField total;

	/**
	 * Creates the pattern.
	 * @param links the pages of ids
	 * @param id where an element of the list has the id
	 * @param total where a page has the number of ids; may be null
	 * @param delta finds the window
	 * @param records the requests for records
	 */
	IdsThenRecords(ChainLinks links, IdField id, @Nullable AnswerField total, DeltaReading delta, RecordsById records) {
		this.links = links;
		this.id = id;
		this.total = total;
		this.delta = delta;
		this.records = records;
	}

	@Override
	public FetchStrategy plan(LinkContext context) throws IOException, InterruptedException {
		Window window = this.delta.plan(context);
		Window first = this.delta.first(window);
		RunContext.currentContext()
			.describe("%s: %s%s; then %s for the ids".formatted(this.delta.describe(window), this.links.describe(first),
					this.delta.describeNext(first), context.linkSourceName()));
		return plan(context, new HttpScope.IdList(first, ChainPosition.FIRST));
	}

	@Override
	public FetchStrategy planAgain(LinkContext context, HttpScope scope) throws IOException, InterruptedException {
		return plan(context, (HttpScope.IdList) scope);
	}

	private FetchStrategy plan(LinkContext context, HttpScope.IdList page) throws IOException, InterruptedException {
		List<Object> ids = new ArrayList<>();
		List<Map<String, @Nullable Object>> properties = new ArrayList<>();
		PageKeys keys = new PageKeys(0);
		try (Answer answer = this.links.ask(page.window(), page.position())) {
			while (answer.hasNext()) {
				Object element = answer.next();
				Object id = this.id.of(answer, element);
				ids.add(id);
				properties.add(this.id.properties(answer, element));
				keys.add(List.of(id));
			}
			ChainPosition next = next(answer, page.position(), keys);
			List<HttpScope.Ids> scopes = scopes(page.window(), ids, properties);
			HttpScope.IdList more = (next != null) ? new HttpScope.IdList(page.window(), next)
					: following(context, page.window(), answer);
			Window window = page.window();
			Long expected = (this.total != null && !window.rest() && window.end() == null) ? answer.number(this.total)
					: null;
			return (expected != null) ? FetchStrategy.cumulativeScopes(scopes, null, more, expected)
					: FetchStrategy.cumulativeScopes(scopes, null, more);
		}
	}

	/**
	 * Returns the first ids of the next step, or of what a full run reads beside its
	 * window.
	 */
	private HttpScope.@Nullable IdList following(LinkContext context, Window window, Answer answer) {
		Window step = this.delta.after(window);
		Window following = (step != null) ? step : this.delta.rest(context, window, answer.date());
		return (following != null) ? new HttpScope.IdList(following, ChainPosition.FIRST) : null;
	}

	private @Nullable ChainPosition next(Answer answer, ChainPosition position, PageKeys keys) {
		try {
			return this.links.after(answer, position, keys, PageOrder.ANY);
		}
		catch (AnswerException ex) {
			throw answer.failed(ex);
		}
	}

	private List<HttpScope.Ids> scopes(Window window, List<Object> ids,
			List<Map<String, @Nullable Object>> properties) {
		int size = Math.max(SCOPE, this.records.perCall());
		List<HttpScope.Ids> scopes = new ArrayList<>();
		for (int start = 0; start < ids.size(); start += size) {
			int end = Math.min(start + size, ids.size());
			scopes.add(new HttpScope.Ids(window, List.copyOf(ids.subList(start, end)),
					this.id.hasProperties() ? List.copyOf(properties.subList(start, end)) : null));
		}
		return scopes;
	}

	@Override
	public Iterable<RecordInFlight> fetch(LinkContext context, @Nullable HttpScope scope) {
		return this.records.fetch((HttpScope.Ids) Objects.requireNonNull(scope));
	}

	/**
	 * Where an element of a list has the id.
	 *
	 * @param path the field, if the element is an object
	 * @param properties where it has the properties that its record receives
	 */
	record IdField(JsonPath path, Map<String, JsonPath> properties) {

		/** Reads the options. */
		static @Nullable IdField of(ListOptions list, String key, OptionProblems problems) {
			String property = (list.id() != null) ? list.id() : key;
			JsonPath id = problems.parse("list.id", () -> JsonPath.of(property));
			Map<String, JsonPath> properties = new LinkedHashMap<>();
			((list.properties() != null) ? list.properties() : Map.<String, String>of()).forEach((name, text) -> {
				JsonPath path = problems.parse("list.properties." + name, () -> JsonPath.of(text));
				if (path != null) {
					properties.put(name, path);
				}
			});
			return (id != null) ? new IdField(id, properties) : null;
		}

		Object of(Answer answer, Object element) {
			Object id = Answer.value(element, this.path);
			if (element instanceof String || element instanceof Number) {
				id = element;
			}
			if (!(id instanceof String || id instanceof Number)) {
				throw answer.failed("has an element without an id at '%s'; correct list.id".formatted(this.path));
			}
			return id;
		}

		boolean hasProperties() {
			return !this.properties.isEmpty();
		}

		Map<String, @Nullable Object> properties(Answer answer, Object element) {
			Map<String, @Nullable Object> values = new LinkedHashMap<>();
			this.properties.forEach((name, path) -> {
				Object value = Answer.value(element, path);
				if (!(element instanceof Map) || value instanceof Map || value instanceof List) {
					throw answer.failed("has no single value for list.properties.%s at '%s' of an element; correct it"
						.formatted(name, path));
				}
				values.put(name, value);
			});
			return values;
		}

	}

}
