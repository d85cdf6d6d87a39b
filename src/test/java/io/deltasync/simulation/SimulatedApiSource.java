package io.deltasync.simulation;

import java.util.List;

import io.deltasync.api.ChainFetchAdapter;
import io.deltasync.api.ConfigurableAdapter;
import io.deltasync.api.DelayedPlanningAdapter;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForAcknowledge;
import io.deltasync.api.SourceAdapterForKeys;
import io.deltasync.api.SourceAdapterScopeSerializer;
import io.deltasync.http.source.HttpSource;
import io.deltasync.http.source.options.HttpSourceOptions;
import org.jspecify.annotations.Nullable;

/**
 * The built-in source of HTTP APIs. Where it waits, the history's clock moves.
 */
final class SimulatedApiSource implements ChainFetchAdapter, DelayedPlanningAdapter, SourceAdapterScopeSerializer,
		SourceAdapterForKeys, SourceAdapterForAcknowledge, ConfigurableAdapter<HttpSourceOptions> {

	private final Hooks hooks;

	private final HttpSource source;

	SimulatedApiSource(Hooks hooks, HttpSource source) {
		this.hooks = hooks;
		this.source = source;
	}

	@Override
	public String resourceOption() {
		return this.source.resourceOption();
	}

	@Override
	public Class<HttpSourceOptions> optionsType() {
		return this.source.optionsType();
	}

	@Override
	public void configure(HttpSourceOptions options) {
		this.source.configure(options);
	}

	@Override
	public String identity(LinkContext context) {
		return this.source.identity(context);
	}

	@Override
	public List<String> keyProperties(LinkContext context) {
		return this.source.keyProperties(context);
	}

	@Override
	public boolean fetchesEverything() {
		return this.source.fetchesEverything();
	}

	@Override
	public FetchStrategy planFetch(LinkContext context) throws Exception {
		return this.hooks.await(context, this.hooks.plan(context, () -> this.source.planFetch(context)));
	}

	@Override
	public FetchStrategy planFetchAgain(LinkContext context, @Nullable Object scope) throws Exception {
		return this.hooks.await(context,
				this.hooks.planAgain(context, () -> this.source.planFetchAgain(context, scope)));
	}

	@Override
	public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) throws Exception {
		return this.hooks.fetch(context, String.valueOf(scope), () -> this.source.fetchRecords(context, scope));
	}

	@Override
	public @Nullable Object getNextScope() {
		return this.source.getNextScope();
	}

	@Override
	public void runSucceeded(LinkContext context) {
		this.source.runSucceeded(context);
	}

	@Override
	public void runSucceeded(LinkContext context, Iterable<?> scopes) throws Exception {
		this.source.runSucceeded(context, scopes);
	}

	@Override
	public String serializeScope(Object scope) {
		return this.source.serializeScope(scope);
	}

	@Override
	public Object deserializeScope(String text) {
		return this.source.deserializeScope(text);
	}

}
