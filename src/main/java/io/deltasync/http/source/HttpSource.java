package io.deltasync.http.source;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.ChainFetchAdapter;
import io.deltasync.api.ConfigurableAdapter;
import io.deltasync.api.DelayedPlanningAdapter;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapterForAbandonment;
import io.deltasync.api.SourceAdapterForAcknowledge;
import io.deltasync.api.SourceAdapterForKeys;
import io.deltasync.api.SourceAdapterScopeSerializer;
import io.deltasync.http.connection.HttpAnswer;
import io.deltasync.http.connection.HttpCall;
import io.deltasync.http.connection.HttpConnections;
import io.deltasync.http.connection.HttpRefusedException;
import io.deltasync.http.connection.HttpRetryLaterException;
import io.deltasync.http.source.options.HttpSourceOptions;
import io.deltasync.http.source.page.RunKeys;
import org.jspecify.annotations.Nullable;

/**
 * Reads an HTTP API: pages whose number is known (SCOPES), pages that lead from one to
 * the next (IMMEDIATE and a chain), lists of ids and then the records
 * (CUMULATIVE_SCOPES), or an export that the API generates (DELAY). If the API asks to be
 * called later while a run is planned, the run waits without a thread (DELAY).
 */
public final class HttpSource
		implements ChainFetchAdapter, DelayedPlanningAdapter, SourceAdapterScopeSerializer, SourceAdapterForKeys,
		SourceAdapterForAcknowledge, SourceAdapterForAbandonment, ConfigurableAdapter<HttpSourceOptions> {

	private final HttpConnections connections;

	private final RunKeys runKeys;

	private @Nullable HttpSourceOptions options;

	private SourceSetup.@Nullable Setup setup;

	/**
	 * Creates an adapter, which must be configured before use.
	 * @param connections the connections
	 * @param runKeys the keys of the pages of runs, shared by all adapters
	 */
	public HttpSource(HttpConnections connections, RunKeys runKeys) {
		this.connections = connections;
		this.runKeys = runKeys;
	}

	@Override
	public String resourceOption() {
		return "path";
	}

	@Override
	public Class<HttpSourceOptions> optionsType() {
		return HttpSourceOptions.class;
	}

	@Override
	public void configure(HttpSourceOptions options) {
		this.options = options;
		this.setup = new SourceSetup(options, this.connections.get(options.connection()), this.runKeys).setup();
	}

	@Override
	public String identity(LinkContext context) {
		HttpSourceOptions options = options();
		return "%s %s %s".formatted(this.connections.get(options.connection()).location(), setup().requests(),
				options.records());
	}

	@Override
	public List<String> keyProperties(LinkContext context) {
		return options().key();
	}

	@Override
	public boolean fetchesEverything() {
		return setup().everything();
	}

	@Override
	public void validate(LinkContext context) throws IOException, InterruptedException {
		HttpCall call = new HttpCall("HEAD", "", List.of(), Map.of(), null, true);
		try (HttpAnswer answer = this.connections.get(options().connection()).send(call)) {
			if (answer.status() == 401) {
				throw new AbortRunException("%s does not accept the credentials of connection '%s' (status 401)"
					.formatted(answer.shownUri(), options().connection()));
			}
		}
		catch (HttpRefusedException ex) {
			RunContext.currentContext().addWarning(String.valueOf(ex.getMessage()));
		}
	}

	@Override
	public FetchStrategy planFetch(LinkContext context) throws IOException, InterruptedException {
		try {
			return setup().pattern().plan(context);
		}
		catch (HttpRetryLaterException ex) {
			return later(ex, new HttpScope.Again());
		}
	}

	@Override
	public FetchStrategy planFetchAgain(LinkContext context, @Nullable Object scope)
			throws IOException, InterruptedException {
		if (scope == null || scope instanceof HttpScope.Again) {
			return planFetch(context);
		}
		try {
			return setup().pattern().planAgain(context, (HttpScope) scope);
		}
		catch (HttpRetryLaterException ex) {
			return later(ex, (HttpScope) scope);
		}
	}

	private static FetchStrategy later(HttpRetryLaterException ex, HttpScope scope) {
		RunContext.currentContext().addWarning(String.valueOf(ex.getMessage()));
		Duration wait = ex.duration().plusSeconds(59);
		return FetchStrategy.delay((int) Math.min(wait.toMinutes(), FetchStrategy.MAX_MINUTES), scope);
	}

	@Override
	public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope)
			throws IOException, InterruptedException {
		return setup().pattern().fetch(context, (HttpScope) scope);
	}

	@Override
	public @Nullable Object getNextScope() {
		return setup().pattern().next();
	}

	@Override
	public void runSucceeded(LinkContext context) {
		// the other method is called, because exports are deleted by their scopes
	}

	@Override
	public void runSucceeded(LinkContext context, Iterable<?> scopes) throws IOException, InterruptedException {
		setup().pattern().succeeded(scopes);
	}

	@Override
	public void runAbandoned(LinkContext context, Iterable<?> scopes) throws IOException, InterruptedException {
		setup().pattern().abandoned(scopes);
	}

	@Override
	public String serializeScope(Object scope) {
		return ScopeText.write((HttpScope) scope);
	}

	@Override
	public Object deserializeScope(String text) {
		return ScopeText.read(text);
	}

	private HttpSourceOptions options() {
		if (this.options == null) {
			throw new IllegalStateException("The adapter is not configured; call configure first");
		}
		return this.options;
	}

	private SourceSetup.Setup setup() {
		if (this.setup == null) {
			throw new IllegalStateException("The adapter is not configured; call configure first");
		}
		return this.setup;
	}

}
