package io.deltasync.http.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.deltasync.format.FileFormat;
import io.deltasync.http.connection.HttpConnection;
import io.deltasync.http.json.JsonPath;
import io.deltasync.http.source.IdsThenRecords.IdField;
import io.deltasync.http.source.answer.AnswerField;
import io.deltasync.http.source.answer.AnswerReader;
import io.deltasync.http.source.answer.FailCondition;
import io.deltasync.http.source.answer.SourceCalls;
import io.deltasync.http.source.delta.DeltaReading;
import io.deltasync.http.source.options.DeleteOptions;
import io.deltasync.http.source.options.ExportOptions;
import io.deltasync.http.source.options.HttpSourceOptions;
import io.deltasync.http.source.options.ListOptions;
import io.deltasync.http.source.options.OptionProblems;
import io.deltasync.http.source.options.PageFormat;
import io.deltasync.http.source.options.PagingOptions;
import io.deltasync.http.source.page.ChainLinks;
import io.deltasync.http.source.page.PagingCheck;
import io.deltasync.http.source.page.PagingFields;
import io.deltasync.http.source.page.RecordMaker;
import io.deltasync.http.source.page.RunKeys;
import io.deltasync.http.source.request.RequestBody;
import io.deltasync.http.source.request.RequestTemplate;
import io.deltasync.http.source.request.Requests;
import io.deltasync.http.template.Placeholders;
import org.jspecify.annotations.Nullable;

/**
 * Makes the pattern that options describe, and finds their problems. Confined to one
 * thread.
 */
final class SourceSetup {

	private final HttpSourceOptions options;

	private final HttpConnection connection;

	private final RunKeys runKeys;

	private final OptionProblems problems = new OptionProblems();

	private final SourceCalls calls;

	private final DeltaSetup delta;

	private final Set<String> window;

	private final List<RequestTemplate> templates = new ArrayList<>();

	private final List<RequestTemplate.Text> texts = new ArrayList<>();

	SourceSetup(HttpSourceOptions options, HttpConnection connection, RunKeys runKeys) {
		this.options = options;
		this.connection = connection;
		this.runKeys = runKeys;
		this.calls = SourceCalls.of(connection, options, this.problems);
		this.delta = new DeltaSetup(options, this.problems);
		this.window = this.delta.placeholders();
	}

	/**
	 * Makes the pattern.
	 * @throws IllegalArgumentException if there are problems, with all of them
	 */
	Setup setup() {
		ReadingPattern pattern;
		if (this.options.export() != null) {
			pattern = export(this.options.export());
		}
		else if (this.options.list() != null) {
			pattern = ids(this.options.list());
		}
		else {
			pattern = pages();
		}
		this.delta.check(asksForChanges(), asksFor(Placeholders.UNTIL));
		this.problems.check();
		return new Setup(Objects.requireNonNull(pattern), !asksForChanges() && this.options.delta() == null,
				this.texts.stream().map(RequestTemplate.Text::describe).toList());
	}

	private @Nullable ReadingPattern pages() {
		PagingOptions paging = this.options.paging();
		new PagingCheck(this.problems).check("", paging);
		Requests requests = new Requests(mainRequest(pagePlaceholders(paging)), paging);
		PagingFields fields = PagingFields.of("", paging, this.problems);
		AnswerReader reader = recordReader(fields);
		if (fields.total() != null && paging != null && paging.type() != PagingOptions.Type.NEXT
				&& !this.delta.needsChain()) {
			return new NumberedPages(requests, reader, fields.total(), maker(), delta(), this.runKeys,
					this.options.maxResults());
		}
		if (this.options.maxResults() != null) {
			this.problems.add("max-results", "needs to know how many records there are; give paging.total");
		}
		return new PageChain(new ChainLinks(requests, fields, reader), maker(), delta(), this.delta.orders());
	}

	private @Nullable ReadingPattern ids(ListOptions list) {
		new PagingCheck(this.problems).check("list.", list.paging());
		RequestTemplate template = mainRequest(with(this.window, Placeholders.ID, Placeholders.IDS));
		Set<String> names = template.names();
		String needed = (this.options.idsPerCall() > 1) ? Placeholders.IDS : Placeholders.ID;
		if (!names.contains(needed) && !(needed.equals(Placeholders.ID) && names.contains(Placeholders.IDS))) {
			this.problems.add("path", "has no {%s}, so each request would ask for the same".formatted(needed));
		}
		if (this.options.paging() != null) {
			this.problems.add("paging", "is not possible for single records; give list.paging for the ids");
		}
		RequestTemplate ids = request(
				new RequestTemplate.Text("list.", "GET", list.path(), list.query(), this.options.headers(), null),
				pagePlaceholders(list.paging()));
		PagingFields fields = PagingFields.of("list.", list.paging(), this.problems);
		IdField id = IdField.of(list, this.options.key().get(0), this.problems);
		ChainLinks links = new ChainLinks(new Requests(ids, list.paging()), fields,
				reader(list.records(), "list.records", fields,
						new PageFormat(FileFormat.JSON, List.of(), this.options.maxRecordSize().toBytes())));
		RecordsById byId = new RecordsById(template, recordReader(new PagingFields(null, null, null)), maker(),
				this.options.idsPerCall(), this.options.key().get(0), this.options.missing());
		return (id != null) ? new IdsThenRecords(links, id, fields.total(), delta(), byId) : null;
	}

	private ReadingPattern export(ExportOptions export) {
		for (Map.Entry<String, @Nullable Object> other : others().entrySet()) {
			if (other.getValue() != null) {
				this.problems.add(other.getKey(), "has no meaning beside 'export'; remove it");
			}
		}
		Map<String, String> headers = this.options.headers();
		RequestTemplate create = request(new RequestTemplate.Text("export.create.", export.create().method(),
				export.create().path(), export.create().query(), headers,
				RequestBody.given("export.create.", export.create().body(), export.create().bodyText(), this.problems)),
				this.window);
		RequestTemplate poll = request(new RequestTemplate.Text("export.poll.", "GET", export.poll().path(),
				export.poll().query(), headers, null), with(this.window, Placeholders.JOB));
		RequestTemplate download = request(new RequestTemplate.Text("export.download.", "GET", export.download().path(),
				export.download().query(), headers, null), with(this.window, Placeholders.JOB));
		DeleteOptions delete = export.delete();
		RequestTemplate deletion = (delete != null) ? request(
				new RequestTemplate.Text("export.delete.", delete.method(), delete.path(), null, headers, null),
				Set.of(Placeholders.JOB)) : null;
		RequestTemplate cancellation = cancellation(export.cancel());
		Map<String, AnswerField> created = ExportRequests.fields(poll, download, deletion, cancellation);
		Map<String, AnswerField> polled = new LinkedHashMap<>(created);
		put("export.create.id", ExportRequests.ID, export.create().id(), created);
		put("export.poll.status", ExportRequests.STATUS, export.poll().status(), polled);
		if (export.poll().total() != null) {
			put("export.poll.total", ExportRequests.TOTAL, export.poll().total(), polled);
		}
		ExportRequests requests = new ExportRequests(this.calls, create, poll, download, deletion, cancellation,
				created, polled, this.options.maxRecordSize().toBytes());
		return new ExportJob(requests, new ExportStates(export.poll()), delta(),
				new ExportDownload(this.calls, FileFormat.valueOf(export.download().format().name()),
						this.options.pageFormat().options(export.download().records()), maker()));
	}

	/** Not a part of what is read, so it may be added without a full run. */
	private @Nullable RequestTemplate cancellation(@Nullable DeleteOptions cancel) {
		return (cancel == null) ? null
				: RequestTemplate.of(
						new RequestTemplate.Text("export.cancel.", cancel.method(), cancel.path(), null,
								this.options.headers(), null),
						Set.of(Placeholders.JOB), this.delta.times(), this.problems);
	}

	private Map<String, @Nullable Object> others() {
		Map<String, @Nullable Object> others = new LinkedHashMap<>();
		others.put("path", this.options.path());
		others.put("query", this.options.query());
		others.put("body", this.options.body());
		others.put("format", this.options.format());
		others.put("body-text", this.options.bodyText());
		others.put("parent", this.options.parent());
		others.put("paging", this.options.paging());
		others.put("list", this.options.list());
		others.put("fail-when", this.options.failWhen());
		others.put("no-records-status", this.options.noRecordsStatus());
		others.put("max-results", this.options.maxResults());
		return others;
	}

	private void put(String property, String name, String text, Map<String, AnswerField> fields) {
		AnswerField field = this.problems.parse(property, () -> AnswerField.of(text));
		if (field != null) {
			fields.put(name, field);
		}
	}

	private RequestTemplate mainRequest(Set<String> known) {
		if (this.options.path() == null) {
			this.problems.add("path", "is missing; give the path of the records, below the connection's URL");
		}
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.put("Accept", this.options.pageFormat().accept());
		if (this.options.headers() != null) {
			headers.putAll(this.options.headers());
		}
		return request(new RequestTemplate.Text("", this.options.method(),
				(this.options.path() != null) ? this.options.path() : "", this.options.query(), headers,
				RequestBody.given("", this.options.body(), this.options.bodyText(), this.problems)), known);
	}

	private RequestTemplate request(RequestTemplate.Text text, Set<String> known) {
		RequestTemplate template = RequestTemplate.of(text, known, this.delta.times(), this.problems);
		if (text.body() instanceof String && template.bodyNames().contains(Placeholders.SINCE)
				&& !this.delta.hasStart()) {
			this.problems.add(text.property() + "body-text",
					"has {since}, which has no value in a run that reads everything; give delta.start");
		}
		this.templates.add(template);
		this.texts.add(text);
		return template;
	}

	private Set<String> pagePlaceholders(@Nullable PagingOptions paging) {
		if (paging == null) {
			return this.window;
		}
		return switch (paging.type()) {
			case PAGE -> with(this.window, Placeholders.PAGE, Placeholders.SIZE);
			case OFFSET -> with(this.window, Placeholders.OFFSET, Placeholders.SIZE);
			case NEXT -> with(this.window, Placeholders.CURSOR, Placeholders.SIZE);
			case SINCE -> with(this.window, Placeholders.SIZE);
		};
	}

	private static Set<String> with(Set<String> names, String... more) {
		Set<String> all = new TreeSet<>(names);
		all.addAll(List.of(more));
		return all;
	}

	private AnswerReader recordReader(PagingFields fields) {
		PageFormat format = this.options.pageFormat();
		if (format.hasLines()) {
			if (!this.options.records().isEmpty()) {
				this.problems.add("records", "has no meaning beside 'format: %s'; remove it".formatted(format.name()));
			}
			fields.checkHeaders(format.name(), this.problems);
		}
		return reader(this.options.records(), "records", fields,
				format.with(this.options.parent(), this.options.records(), this.problems));
	}

	private AnswerReader reader(String records, String property, PagingFields fields, PageFormat format) {
		JsonPath path = this.problems.parse(property, () -> JsonPath.ofMany(records));
		return new AnswerReader(this.calls, (path != null) ? path : JsonPath.of(""), fields.all(),
				FailCondition.listOf(this.options.failWhen(), this.problems), format);
	}

	/** The API leaves out records that have not changed if it is asked to. */
	private RecordMaker maker() {
		return new RecordMaker(this.options.key(), this.delta.filter(asksForChanges()));
	}

	private boolean asksForChanges() {
		return asksFor(Placeholders.SINCE);
	}

	private boolean asksFor(String placeholder) {
		return this.templates.stream().anyMatch((template) -> template.names().contains(placeholder));
	}

	private DeltaReading delta() {
		return this.delta.reading(this.connection, asksForChanges(), asksFor(Placeholders.UNTIL));
	}

	/**
	 * What options describe.
	 *
	 * @param pattern the pattern
	 * @param everything whether each run reads everything
	 * @param requests the requests, as they identify what is read
	 */
	record Setup(ReadingPattern pattern, boolean everything, List<String> requests) {

	}

}
