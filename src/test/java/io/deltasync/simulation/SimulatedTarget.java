package io.deltasync.simulation;

import java.time.Instant;
import java.util.List;

import io.deltasync.api.LinkContext;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.TargetAdapterForDeletes;

/**
 * Writes one record after the other, without a transaction: what stands before the record
 * that a batch breaks off at has been written.
 */
class SimulatedTarget implements TargetAdapterForDeletes {

	private final Hooks hooks;

	SimulatedTarget(Hooks hooks) {
		this.hooks = hooks;
	}

	@Override
	public String identity(LinkContext context) {
		return this.hooks.scene(context).target().identity();
	}

	@Override
	public int getBatchSizeLimit(LinkContext context) {
		this.hooks.enter(context).weather().limit();
		return 1000;
	}

	@Override
	public void pushRecords(LinkContext context, List<RecordInFlight> records) throws Exception {
		Scene scene = this.hooks.enter(context);
		int taken = 0;
		for (RecordInFlight record : records) {
			int key = key(record);
			this.hooks.life().pass();
			scene.weather().push(key);
			if (scene.weather().refuses(key)) {
				throw new IllegalArgumentException("cannot take " + key);
			}
			if (scene.weather().marks(key)) {
				record.addError("will not take " + key);
				continue;
			}
			taken++;
			if (!context.testingMode()) {
				this.hooks.write(scene);
				write(scene, context.runTimestamp(), record);
			}
		}
		this.hooks.life().deliver();
		scene.target().count(context.runTimestamp(), taken);
	}

	private static void write(Scene scene, Instant run, RecordInFlight record) {
		if (record.operation() == Operation.DELETE) {
			scene.delete(run, key(record));
		}
		else {
			scene.target().write(run, key(record), ((Number) record.get("VERSION")).longValue());
		}
	}

	static int key(RecordInFlight record) {
		return Integer.parseInt(String.valueOf(record.get("ID")));
	}

}
