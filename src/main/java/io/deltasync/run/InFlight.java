package io.deltasync.run;

import io.deltasync.api.RecordInFlight;
import io.deltasync.reject.Reject;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way through a lane.
 */
final class InFlight {

	final RecordInFlight record;

	/** Where it came from; null for a reject that is tried again. */
	final @Nullable OpenScope scope;

	private final @Nullable Long ordinal;

	Reject.@Nullable Stage failedAt;

	/** Whether it failed and does not fail the run. */
	boolean acknowledged;

	/** Whether a filter removed it, without calling it failed or ignored. */
	boolean dropped;

	InFlight(RecordInFlight record, OpenScope scope) {
		this(record, scope, scope.entry().ordinal());
	}

	InFlight(RecordInFlight record, Reject reject) {
		this(record, null, reject.ordinal());
	}

	private InFlight(RecordInFlight record, @Nullable OpenScope scope, @Nullable Long ordinal) {
		this.record = record;
		this.scope = scope;
		this.ordinal = ordinal;
	}

	/** The scope that the record came from; null where that does not matter any more. */
	@Nullable Long ordinal() {
		return this.ordinal;
	}

	boolean isDelivered() {
		return !this.record.isFailed() && !this.record.isIgnored() && !this.dropped;
	}

	boolean isLeftOut() {
		return !this.record.isFailed() && (this.record.isIgnored() || this.dropped);
	}

}
