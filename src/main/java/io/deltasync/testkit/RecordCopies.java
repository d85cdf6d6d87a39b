package io.deltasync.testkit;

import java.util.LinkedHashMap;
import java.util.List;

import io.deltasync.api.RecordInFlight;

/**
 * Copies records, so that each call of an adapter or filter has unmarked ones. Their
 * values are shared.
 */
final class RecordCopies {

	private RecordCopies() {
	}

	static List<RecordInFlight> of(List<RecordInFlight> records) {
		return records.stream().map(RecordCopies::of).toList();
	}

	private static RecordInFlight of(RecordInFlight record) {
		return new RecordInFlight(record.originalProperties(), record.operation()).identifiedBy(record.keyProperties())
			.replaceProperties(new LinkedHashMap<>(record.properties()));
	}

}
