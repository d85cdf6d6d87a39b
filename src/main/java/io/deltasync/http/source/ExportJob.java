package io.deltasync.http.source;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.http.json.AnswerException;
import io.deltasync.http.source.answer.Answer;
import io.deltasync.http.source.delta.DeltaReading;
import io.deltasync.http.source.delta.Window;
import org.jspecify.annotations.Nullable;

/**
 * An export that the API generates: created, awaited, downloaded, and deleted after the
 * run's success. What identifies it is stored before it is asked for the first time.
 */
final class ExportJob implements ReadingPattern {

	private final ExportRequests requests;

	private final ExportStates states;

	private final DeltaReading delta;

	private final ExportDownload download;

	ExportJob(ExportRequests requests, ExportStates states, DeltaReading delta, ExportDownload download) {
		this.requests = requests;
		this.states = states;
		this.delta = delta;
		this.download = download;
	}

	/** Creates nothing yet, so that a plan can be shown. */
	@Override
	public FetchStrategy plan(LinkContext context) throws IOException, InterruptedException {
		Window planned = this.delta.plan(context);
		Window rest = this.delta.rest(context, planned, null);
		Window window = (rest != null) ? new Window(planned.since(), rest.last(), planned.run()) : planned;
		Window first = this.delta.first(window);
		RunContext.currentContext()
			.describe("%s: %s, then an export is awaited and downloaded%s".formatted(this.delta.describe(window),
					Answer.shown(this.requests.creation(first)), this.delta.describeNext(first)));
		return FetchStrategy.delay(0, new HttpScope.Export(first, null));
	}

	@Override
	public FetchStrategy planAgain(LinkContext context, HttpScope scope) throws IOException, InterruptedException {
		HttpScope.Export export = (HttpScope.Export) scope;
		Map<String, Object> job = export.job();
		return (job == null || !job.containsKey(ExportRequests.ID))
				? create(export.window(), (job != null) ? job : Map.of()) : poll(export.window(), job);
	}

	private FetchStrategy create(Window window, Map<String, Object> before) throws IOException, InterruptedException {
		Map<String, Object> job = this.requests.create(window, before);
		if (!job.containsKey(ExportRequests.ID)) {
			throw new AnswerException("The answer of %s has no id of the export; correct export.create.id"
				.formatted(Answer.shown(this.requests.creation(window))));
		}
		// it may be ready already
		return FetchStrategy.delay(0, new HttpScope.Export(window, job));
	}

	private FetchStrategy poll(Window window, Map<String, Object> before) throws IOException, InterruptedException {
		Map<String, Object> job = this.requests.poll(window, before);
		if (job == null) {
			return renew(window, before);
		}
		return switch (this.states.of(job)) {
			case DONE -> downloading(new HttpScope.Download(window, job, this.states.total(job)));
			case RUNNING -> FetchStrategy.delay(null, new HttpScope.Export(window, job));
			case EMPTY -> empty(window, job);
			case FAILED ->
				throw new AnswerException("The export %s has failed at the source: %s says '%s'; start a new run"
					.formatted(job.get(ExportRequests.ID), this.states.name(), job.get(ExportRequests.STATUS)));
			case UNKNOWN -> throw new AnswerException(
					("The export %s has the state '%s', which no option mentions; add it to export.poll.done, running, "
							+ "failed or empty")
						.formatted(job.get(ExportRequests.ID), job.get(ExportRequests.STATUS)));
		};
	}

	/**
	 * Once, because a source that always loses its exports would have them made forever.
	 */
	private static FetchStrategy renew(Window window, Map<String, Object> before) {
		Object id = before.get(ExportRequests.ID);
		if (before.containsKey(ExportRequests.RENEWED)) {
			throw new AnswerException(
					"The export %s, too, no longer exists at the source, although it was not ready; find out how long the source keeps exports, and start a new run"
						.formatted(id));
		}
		RunContext.currentContext()
			.addWarning("The export %s no longer exists at the source, so another one is created".formatted(id));
		return FetchStrategy.delay(0, new HttpScope.Export(window, Map.of(ExportRequests.RENEWED, true)));
	}

	/** Nobody needs an export without records, so it is deleted at once. */
	private FetchStrategy empty(Window window, Map<String, Object> job) throws InterruptedException {
		try {
			this.requests.delete(job);
		}
		catch (IOException | AnswerException ex) {
			RunContext.currentContext()
				.addWarning("An export without records could not be deleted: " + ex.getMessage());
		}
		Window next = this.delta.after(window);
		return (next != null) ? FetchStrategy.delay(0, new HttpScope.Export(next, null)) : FetchStrategy.noRecords();
	}

	private FetchStrategy downloading(HttpScope.Download download) {
		Window next = this.delta.after(download.window());
		if (next != null) {
			return FetchStrategy.cumulativeScopes(List.of(download), null, new HttpScope.Export(next, null));
		}
		if (download.window().end() != null) {
			return FetchStrategy.scopes(List.of(download));
		}
		return (download.total() != null) ? FetchStrategy.scopes(List.of(download), download.total())
				: FetchStrategy.scopes(List.of(download));
	}

	@Override
	public Iterable<RecordInFlight> fetch(LinkContext context, @Nullable HttpScope scope)
			throws IOException, InterruptedException {
		HttpScope.Download ready = (HttpScope.Download) Objects.requireNonNull(scope);
		return this.download.fetch(this.requests.download(ready.window(), ready.job()), ready);
	}

	@Override
	public void succeeded(Iterable<?> scopes) throws IOException, InterruptedException {
		for (Object scope : scopes) {
			this.requests.delete(((HttpScope.Download) scope).job());
		}
	}

	@Override
	public void abandoned(Iterable<?> scopes) throws IOException, InterruptedException {
		for (Object scope : scopes) {
			Map<String, Object> job = (scope instanceof HttpScope.Download download) ? download.job()
					: (scope instanceof HttpScope.Export export) ? export.job() : null;
			if (job != null && job.containsKey(ExportRequests.ID)) {
				this.requests.cancel(job);
			}
		}
	}

}
