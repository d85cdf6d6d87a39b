package io.deltasync.testing;

import java.util.List;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordFilter;
import io.deltasync.api.RecordInFlight;

/**
 * A filter that does what the test's {@link Script} says.
 */
final class ScriptedFilter implements RecordFilter, AutoCloseable {

	private final Script script;

	ScriptedFilter(Script script) {
		this.script = script;
		script.made.add(this);
	}

	@Override
	public boolean validFor(LinkContext context) {
		return this.script.filter.validFor(context);
	}

	@Override
	public void process(LinkContext context, List<RecordInFlight> records) throws Exception {
		this.script.filter.process(context, records);
	}

	@Override
	public void close() {
		this.script.close(this);
	}

}
