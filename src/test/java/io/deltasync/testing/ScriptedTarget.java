package io.deltasync.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.TargetAdapterForDeletes;
import org.jspecify.annotations.Nullable;

/**
 * A target that keeps what it takes in memory, by one property.
 */
public class ScriptedTarget implements TargetAdapterForDeletes, AutoCloseable {

	private final Script script;

	public ScriptedTarget(Script script) {
		this.script = script;
		script.made.add(this);
	}

	@Override
	public void close() {
		this.script.close(this);
	}

	@Override
	public @Nullable String identity(LinkContext context) {
		return this.script.targetIdentity;
	}

	@Override
	public int getBatchSizeLimit(LinkContext context) {
		this.script.beforeLimit.run();
		Integer limit = this.script.limits.poll();
		return (limit != null) ? limit : 100;
	}

	@Override
	public void pushRecords(LinkContext context, List<RecordInFlight> records) {
		this.script.beforePush.run();
		this.script.pushes.add(records.stream().map((record) -> key(record)).toList());
		if (this.script.targetDown != null) {
			throw this.script.targetDown;
		}
		if (this.script.drain) {
			drain(context, records);
			this.script.afterPush.run();
			return;
		}
		for (RecordInFlight record : records) {
			if (this.script.misfits.contains(key(record))) {
				throw new AbortRunException("no column for " + key(record));
			}
			if (this.script.poison.contains(key(record))) {
				throw new IllegalArgumentException("cannot take " + key(record));
			}
		}
		for (RecordInFlight record : records) {
			if (this.script.marked.contains(key(record))) {
				record.addError("will not take " + key(record));
			}
			else if (this.script.left.contains(key(record))) {
				record.ignore("not for me");
			}
			else {
				write(context, record);
				record.setCreated(this.script.creates.contains(key(record)));
			}
		}
		this.script.afterPush.run();
	}

	private void drain(LinkContext context, List<RecordInFlight> records) {
		while (!records.isEmpty()) {
			RecordInFlight record = records.remove(0);
			if (this.script.poison.contains(key(record))) {
				throw new IllegalArgumentException("cannot take " + key(record));
			}
			write(context, record);
		}
	}

	private void write(LinkContext context, RecordInFlight record) {
		if (context.testingMode()) {
			return;
		}
		switch (record.operation()) {
			case UPSERT -> this.script.target.put(key(record), record.properties());
			case UPDATE -> this.script.target.computeIfPresent(key(record), (key, old) -> {
				Map<String, Object> changed = new LinkedHashMap<>(old);
				changed.putAll(record.properties());
				return changed;
			});
			case DELETE -> this.script.target.remove(key(record));
		}
	}

	private Object key(RecordInFlight record) {
		return record.get(this.script.targetKey);
	}

}
