package io.deltasync.testing;

import java.util.List;
import java.util.Map;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForRowPush;
import org.jspecify.annotations.Nullable;

/**
 * A scripted source that can answer with any strategy.
 */
public class ScriptedAnySource extends ScriptedDelayedSource implements SourceAdapterForRowPush {

	ScriptedAnySource(Script script) {
		super(script);
	}

	@Override
	public List<RecordInFlight> buildRecords(LinkContext context, List<Map<String, @Nullable Object>> rows)
			throws Exception {
		return this.script.build.build(rows);
	}

}
