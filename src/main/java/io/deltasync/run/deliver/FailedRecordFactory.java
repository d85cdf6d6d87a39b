package io.deltasync.run.deliver;

import java.util.Objects;

import io.deltasync.api.RecordInFlight;
import io.deltasync.codec.ValueCodec;
import io.deltasync.link.Link;
import io.deltasync.link.RecordLogging;
import io.deltasync.reject.FailedRecord;
import io.deltasync.reject.RecordIdentity;
import io.deltasync.reject.Reject;
import io.deltasync.run.retry.Messages;

/**
 * Describes failed records as their rejects store them: masked, and with their original
 * properties if the Link stores these. Thread-safe.
 */
final class FailedRecordFactory {

	private final Link link;

	private final ValueCodec codec;

	FailedRecordFactory(Link link, ValueCodec codec) {
		this.link = link;
		this.codec = codec;
	}

	/** Returns the digest that tells versions of a record apart. */
	String contentId(RecordInFlight record) {
		return RecordIdentity.of(record, this.codec, this.link.mask(), this.link.maxRejectSize()).contentId();
	}

	FailedRecord describe(BatchRecord batchRecord) {
		RecordInFlight record = batchRecord.record;
		RecordIdentity identity = RecordIdentity.of(record, this.codec, this.link.mask(), this.link.maxRejectSize());
		if (this.link.logging() == RecordLogging.NONE) {
			identity = identity.withoutProperties("the Link's 'logging: none' does not store its properties");
		}
		if (batchRecord.notRestorable != null) {
			identity = identity.notRestorable(batchRecord.notRestorable);
		}
		String keyProperties = record.keyProperties().isEmpty() ? null : this.codec.write(record.keyProperties());
		if (keyProperties != null && keyProperties.length() > FailedRecord.MAX_KEY_PROPERTIES) {
			keyProperties = null;
			identity = identity.notRestorable("the names of the properties of its key are longer than %d characters"
				.formatted(FailedRecord.MAX_KEY_PROPERTIES));
		}
		return new FailedRecord(identity, batchRecord.ordinal(), this.link.mask().key(record), keyProperties,
				record.operation(), Objects.requireNonNullElse(batchRecord.failedAt, Reject.Stage.TARGET),
				Messages.reason(record, this.link.mask()), batchRecord.retriedElsewhere, record.isTriedLast());
	}

}
