package io.deltasync.benchmark;

import java.util.List;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.TargetAdapter;

/**
 * A target that costs nothing, for measurements of sources.
 */
class DiscardingTarget implements TargetAdapter {

	private static final int BATCH = 1_000;

	@Override
	public int getBatchSizeLimit(LinkContext context) {
		return BATCH;
	}

	@Override
	public void pushRecords(LinkContext context, List<RecordInFlight> records) {
	}

}
