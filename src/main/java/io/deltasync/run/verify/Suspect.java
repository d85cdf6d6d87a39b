package io.deltasync.run.verify;

import java.util.Iterator;
import java.util.Map;
import java.util.Objects;

import io.deltasync.api.Comparison;
import io.deltasync.api.Comparison.Kind;
import io.deltasync.run.deliver.BatchRecord;
import io.deltasync.run.deliver.DeliveryWitness.Remembered;
import io.deltasync.codec.ValueCodec;
import org.jspecify.annotations.Nullable;

/**
 * A record that is not at the target as it would be delivered.
 *
 * @param record the record, ready for the target
 * @param result how it differs
 * @param digest the digest of its content at the source; null if it cannot be serialised
 * @param remembered what the Link remembers of its delivery; null until it is asked for
 */
record Suspect(BatchRecord record, Comparison result, @Nullable String digest, @Nullable Remembered remembered) {

	static Suspect of(BatchRecord record, Comparison result, ValueCodec codec) {
		return new Suspect(record, result, record.contentDigest(codec), null);
	}

	Suspect with(Remembered found) {
		return new Suspect(this.record, this.result, this.digest, found);
	}

	/** Returns the same record, whose witnesses were asked, with a newer result. */
	Suspect with(Comparison newer) {
		return new Suspect(this.record, newer, this.digest, this.remembered);
	}

	boolean isMissing() {
		return this.result.kind() == Kind.MISSING;
	}

	/** Whether the source returned the same content for another look. */
	boolean hasContentOf(Suspect other) {
		if (this.digest != null && other.digest != null) {
			return this.digest.equals(other.digest);
		}
		return sameValues(this.record.record.originalProperties(), other.record.record.originalProperties());
	}

	private static boolean sameValues(Map<String, @Nullable Object> one, Map<String, @Nullable Object> other) {
		boolean same = one.keySet().equals(other.keySet());
		for (Iterator<String> names = one.keySet().iterator(); same && names.hasNext();) {
			String name = names.next();
			same = Objects.deepEquals(one.get(name), other.get(name));
		}
		return same;
	}

}
