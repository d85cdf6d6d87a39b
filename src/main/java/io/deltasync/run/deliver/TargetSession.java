package io.deltasync.run.deliver;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The instances of target and filters of a lane, and what it knows of the records that it
 * delivers through them. Not thread-safe.
 */
public final class TargetSession implements LaneSession {

	private final Delivery delivery;

	private final RejectUpdater rejectUpdater;

	private final LateWriteGuard lateWrites;

	private final Consumer<List<String>> warnings;

	TargetSession(Delivery delivery, RejectUpdater rejectUpdater, LateWriteGuard lateWrites,
			Consumer<List<String>> warnings) {
		this.delivery = delivery;
		this.rejectUpdater = rejectUpdater;
		this.lateWrites = lateWrites;
		this.warnings = warnings;
	}

	/** Returns what writes records to the target. */
	public Delivery delivery() {
		return this.delivery;
	}

	/** Returns what stores the outcome of records. */
	public RejectUpdater rejectUpdater() {
		return this.rejectUpdater;
	}

	/**
	 * Delivers a batch and stores its outcome. If that fails because the Link was lost,
	 * stores what may have been written too late.
	 * @param body delivers and stores
	 * @param <T> the type of the result
	 * @return the result of the body
	 * @throws Exception if the body fails
	 */
	@Override
	public <T extends @Nullable Object> T watch(Callable<T> body) throws Exception {
		return this.lateWrites.watch(body);
	}

	@Override
	public void process(List<BatchRecord> batch) throws Exception {
		this.rejectUpdater.begin(batch);
		this.delivery.deliver(batch);
		this.rejectUpdater.findRows(batch);
	}

	@Override
	public void store(List<BatchRecord> batch) {
		this.rejectUpdater.update(batch);
	}

	/** Closes the target and the filters, and stores their warnings. */
	@Override
	public void close() {
		this.warnings.accept(this.delivery.close());
	}

}
