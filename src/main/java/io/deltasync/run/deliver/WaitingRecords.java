package io.deltasync.run.deliver;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.deltasync.codec.ValueCodec;
import io.deltasync.reject.RecordIdentity;
import io.deltasync.reject.RejectChanges;

/**
 * Finds the records of a batch that may have a waiting version. A record without a key is
 * identified by its whole content, which is expensive, and few of them wait: the content
 * is compared only if its digest matches that of a waiting record. Thread-safe; every
 * method takes part in the caller's transaction.
 */
final class WaitingRecords {

	/** If more records are waiting, all records of a batch are identified. */
	static final int MOST_KNOWN = 1000;

	private final String link;

	private final RejectChanges rejects;

	private final ValueCodec codec;

	WaitingRecords(String link, RejectChanges rejects, ValueCodec codec) {
		this.link = link;
		this.rejects = rejects;
		this.codec = codec;
	}

	/**
	 * Identifies the records that may have a waiting version.
	 * @param batch the records
	 * @param failing the identities of the records that are about to be stored
	 * @return from each identity to its records, in their order
	 */
	Map<String, List<BatchRecord>> in(List<BatchRecord> batch, Collection<String> failing) {
		Map<String, List<BatchRecord>> found = new TreeMap<>();
		List<BatchRecord> keyless = new ArrayList<>();
		for (BatchRecord batchRecord : batch) {
			if (RecordIdentity.hasKey(batchRecord.record)) {
				add(found, batchRecord);
			}
			else {
				keyless.add(batchRecord);
			}
		}
		if (!keyless.isEmpty()) {
			List<String> waiting = this.rejects.waitingRecords(this.link, MOST_KNOWN + 1);
			Set<String> known = new HashSet<>(waiting);
			known.addAll(failing);
			keyless.stream()
				.filter((batchRecord) -> waiting.size() > MOST_KNOWN || mayBeOneOf(known, batchRecord))
				.forEach((batchRecord) -> add(found, batchRecord));
		}
		return found;
	}

	private boolean mayBeOneOf(Set<String> known, BatchRecord batchRecord) {
		String digest = known.isEmpty() ? null : batchRecord.contentDigest(this.codec);
		return digest != null && known.contains(digest);
	}

	private void add(Map<String, List<BatchRecord>> found, BatchRecord batchRecord) {
		found.computeIfAbsent(batchRecord.identity(this.codec), (id) -> new ArrayList<>(1)).add(batchRecord);
	}

}
