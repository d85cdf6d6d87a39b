package io.deltasync.testing;

import java.util.List;
import java.util.Map;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForRowPush;
import org.jspecify.annotations.Nullable;

/**
 * A scripted source that is fed the rows of its query.
 */
public class ScriptedRowSource implements SourceAdapterForRowPush {

	private final Script script;

	ScriptedRowSource(Script script) {
		this.script = script;
	}

	@Override
	public FetchStrategy planFetch(LinkContext context) throws Exception {
		this.script.contexts.add(context);
		return this.script.locate.call();
	}

	@Override
	public List<RecordInFlight> buildRecords(LinkContext context, List<Map<String, @Nullable Object>> rows)
			throws Exception {
		this.script.slices.add(rows.size());
		return this.script.build.build(rows);
	}

}
