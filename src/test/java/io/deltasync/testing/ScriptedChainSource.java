package io.deltasync.testing;

import io.deltasync.api.ChainFetchAdapter;
import org.jspecify.annotations.Nullable;

/**
 * A scripted source that finds out while fetching whether there is more.
 */
public class ScriptedChainSource extends ScriptedSource implements ChainFetchAdapter {

	ScriptedChainSource(Script script) {
		super(script);
	}

	@Override
	public @Nullable Object getNextScope() throws Exception {
		this.script.askedForNext.add(this);
		return this.script.nextScope.call();
	}

}
