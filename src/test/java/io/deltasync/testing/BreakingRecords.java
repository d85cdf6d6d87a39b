package io.deltasync.testing;

import java.util.Iterator;

import io.deltasync.api.RecordInFlight;

/**
 * Some records and then an exception.
 */
public record BreakingRecords(int from, int count) implements Iterable<RecordInFlight> {

	@Override
	public Iterator<RecordInFlight> iterator() {
		return new Iterator<>() {

			private int given;

			@Override
			public boolean hasNext() {
				if (this.given == BreakingRecords.this.count) {
					throw new IllegalStateException("connection reset");
				}
				return true;
			}

			@Override
			public RecordInFlight next() {
				return Script.record(BreakingRecords.this.from + this.given++);
			}

		};
	}

}
