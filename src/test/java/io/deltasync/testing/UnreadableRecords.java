package io.deltasync.testing;

import java.util.Iterator;
import java.util.List;

import io.deltasync.api.RecordInFlight;

/**
 * A result that cannot even be begun.
 */
public record UnreadableRecords(List<String> log) implements Iterable<RecordInFlight>, AutoCloseable {

	@Override
	public Iterator<RecordInFlight> iterator() {
		throw new IllegalStateException("the file is locked");
	}

	@Override
	public void close() {
		this.log.add("closed");
	}

}
