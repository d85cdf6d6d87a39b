package io.deltasync.testing;

import java.util.Iterator;
import java.util.List;

import io.deltasync.api.RecordInFlight;

/**
 * 120 records that say when they were read and closed.
 */
public record ClosingRecords(List<String> log, Script script) implements Iterable<RecordInFlight>, AutoCloseable {

	@Override
	public Iterator<RecordInFlight> iterator() {
		return new Iterator<>() {

			private int next;

			@Override
			public boolean hasNext() {
				return this.next < 120;
			}

			@Override
			public RecordInFlight next() {
				if (this.next == 119 && ClosingRecords.this.script.target.size() >= 50) {
					ClosingRecords.this.log.add("the first batch was written when the last record was read");
				}
				return Script.record(this.next++);
			}

		};
	}

	@Override
	public void close() {
		this.log.add("closed");
	}

}
