package io.deltasync.testing;

import java.util.List;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForAcknowledge;
import io.deltasync.api.SourceAdapterForPull;
import io.deltasync.api.SourceAdapterScopeSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A source that does what the test's {@link Script} says. Its scopes are texts.
 */
public class ScriptedSource
		implements SourceAdapterForPull, SourceAdapterScopeSerializer, SourceAdapterForAcknowledge, AutoCloseable {

	final Script script;

	public ScriptedSource(Script script) {
		this.script = script;
		script.made.add(this);
	}

	@Override
	public void runSucceeded(LinkContext context) {
		this.script.beforeSuccess.accept(context);
		this.script.succeeded.add(context);
	}

	@Override
	public void runSucceeded(LinkContext context, Iterable<?> scopes) {
		this.script.succeededScopes.accept(scopes);
		runSucceeded(context);
	}

	@Override
	public void close() {
		this.script.close(this);
	}

	@Override
	public @Nullable String identity(LinkContext context) {
		this.script.beforeIdentity.run();
		if ("broken".equals(this.script.sourceIdentity)) {
			throw new IllegalStateException("no idea");
		}
		return this.script.sourceIdentity;
	}

	@Override
	public List<String> propertyNames(LinkContext context) throws Exception {
		return this.script.sourceNames.call();
	}

	@Override
	public void validate(LinkContext context) throws Exception {
		this.script.sourceValidation.call();
	}

	@Override
	public FetchStrategy planFetch(LinkContext context) throws Exception {
		this.script.contexts.add(context);
		return this.script.plan.planFetch(this, context);
	}

	@Override
	public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) throws Exception {
		this.script.fetched.add(String.valueOf(scope));
		return this.script.fetch.fetchRecords(this, context, (String) scope);
	}

	@Override
	public boolean fetchesEverything() {
		return this.script.fetchesEverything;
	}

	@Override
	public String serializeScope(Object scope) {
		return (String) scope;
	}

	@Override
	public Object deserializeScope(String text) {
		return text;
	}

}
