package io.deltasync.run;

import java.util.List;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.TargetAdapter;

/**
 * A target that keeps what it takes in memory, by the property {@code id}.
 */
public class ScriptedTarget implements TargetAdapter {

	private final Script script;

	ScriptedTarget(Script script) {
		this.script = script;
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
		this.script.pushes.add(records.stream().map((record) -> record.get("id")).toList());
		if (this.script.targetDown != null) {
			throw this.script.targetDown;
		}
		if (this.script.drain) {
			drain(context, records);
			return;
		}
		for (RecordInFlight record : records) {
			if (this.script.misfits.contains(record.get("id"))) {
				throw new AbortRunException("no column for " + record.get("id"));
			}
			if (this.script.poison.contains(record.get("id"))) {
				throw new IllegalArgumentException("cannot take " + record.get("id"));
			}
		}
		for (RecordInFlight record : records) {
			if (this.script.marked.contains(record.get("id"))) {
				record.addError("will not take " + record.get("id"));
			}
			else {
				write(context, record);
			}
		}
	}

	private void drain(LinkContext context, List<RecordInFlight> records) {
		while (!records.isEmpty()) {
			RecordInFlight record = records.remove(0);
			if (this.script.poison.contains(record.get("id"))) {
				throw new IllegalArgumentException("cannot take " + record.get("id"));
			}
			write(context, record);
		}
	}

	private void write(LinkContext context, RecordInFlight record) {
		if (context.testingMode()) {
			return;
		}
		this.script.target.put(record.get("id"), record.properties());
	}

}
