package io.deltasync.run.deliver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.codec.ValueCodec;
import io.deltasync.codec.ValueDigest;
import io.deltasync.config.Mask;
import io.deltasync.link.Link;
import io.deltasync.reject.RecordIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Determines the row of the delivery index that a record belongs to, and the digest of
 * its content. Not thread-safe; each lane has its own.
 */
final class RowIds {

	private final ValueCodec codec;

	private final ValueDigest digest = ValueDigest.ofContents();

	private final Map<String, String> writing;

	private final boolean compares;

	private final Mask mask;

	private boolean warned;

	RowIds(Link link, ValueCodec codec) {
		this.codec = codec;
		this.writing = link.writing();
		this.compares = link.skipUnchanged();
		this.mask = link.mask();
	}

	/**
	 * Groups the records of the batch by row: all records of one row have the same id.
	 */
	Map<String, List<BatchRecord>> identify(List<BatchRecord> batch) {
		Map<String, List<BatchRecord>> byId = new HashMap<>();
		for (BatchRecord batchRecord : batch) {
			if (RecordIdentity.hasKey(batchRecord.record)) {
				batchRecord.recordId = batchRecord.identity(this.codec);
				batchRecord.contentId = this.compares ? contentId(batchRecord.record) : null;
				byId.computeIfAbsent(indexId(batchRecord), (key) -> new ArrayList<>(1)).add(batchRecord);
			}
		}
		return byId;
	}

	/**
	 * Warns of several records in one row, once in each lane because there may be many.
	 */
	void warnOfSeveral(List<BatchRecord> ofOneRow) {
		BatchRecord first = ofOneRow.get(0);
		BatchRecord last = ofOneRow.get(ofOneRow.size() - 1);
		if (!this.warned && !Objects.equals(first.recordId, last.recordId)) {
			this.warned = true;
			RunContext.currentContext()
				.addWarning(
						("the records %s and %s of the source are one row of the target, which treats their keys as equal; "
								+ "the last one written remains")
							.formatted(this.mask.key(first.record), this.mask.key(last.record)));
		}
	}

	/**
	 * Returns the id of a record's row. If the target cannot compare keys, the source's
	 * key identifies the row.
	 */
	String indexId(BatchRecord batchRecord) {
		return (batchRecord.rowId != null) ? batchRecord.rowId : "source:" + sourceId(batchRecord);
	}

	String sourceId(BatchRecord batchRecord) {
		return (batchRecord.recordId != null) ? batchRecord.recordId : batchRecord.identity(this.codec);
	}

	/**
	 * Returns the digest of a record's content. It includes the target's options, because
	 * they may change the values that are written.
	 */
	private @Nullable String contentId(RecordInFlight record) {
		Map<String, @Nullable Object> properties = record.properties();
		return this.writing.isEmpty() ? this.digest.of(properties)
				: this.digest.of(Map.of("properties", properties, "writing", this.writing));
	}

}
