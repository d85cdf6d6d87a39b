package io.deltasync.testing;

import io.deltasync.api.DelayedPlanningAdapter;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import org.jspecify.annotations.Nullable;

/**
 * A scripted source that plans in several calls.
 */
public class ScriptedDelayedSource extends ScriptedSource implements DelayedPlanningAdapter {

	/** State that must not survive from one execution context to the next. */
	public @Nullable String path;

	public ScriptedDelayedSource(Script script) {
		super(script);
	}

	@Override
	public FetchStrategy planFetchAgain(LinkContext context, @Nullable Object scope) throws Exception {
		this.script.plannedAgain.add(String.valueOf(scope));
		return this.script.planAgain.planFetchAgain(this, context, (String) scope);
	}

}
