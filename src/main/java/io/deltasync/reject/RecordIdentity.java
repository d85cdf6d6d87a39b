package io.deltasync.reject;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import io.deltasync.api.RecordInFlight;
import io.deltasync.codec.UnstorableScopeException;
import io.deltasync.codec.ValueCodec;
import io.deltasync.codec.ValueDigest;
import io.deltasync.config.Mask;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a record within its Link, and of its version: digests of its key and of
 * its original properties. A record whose source names no key is identified by its
 * content, so its next version is another record.
 *
 * @param recordId the digest of the key
 * @param contentId the digest of the content
 * @param properties the original properties as they are stored, or null
 * @param notRestorable why the record cannot be recreated from them, or null when it can
 */
public record RecordIdentity(String recordId, String contentId, @Nullable String properties,
		@Nullable String notRestorable) {

	/**
	 * Returns the digest of a record's key.
	 * @param record the record
	 * @param codec writes properties as text
	 * @return the digest
	 */
	public static String recordId(RecordInFlight record, ValueCodec codec) {
		return hasKey(record) ? digest(record.keyValues()) : of(record, codec, Mask.NONE, 0).recordId();
	}

	/**
	 * Returns the digest of a record's original properties without checking whether they
	 * can be read back. Cheaper than {@link #of}, and sufficient to compare records
	 * without a key, whose {@linkplain #recordId identity} is this digest or a random
	 * one.
	 * @param record the record
	 * @param codec writes properties as text
	 * @return the digest, or null when the properties cannot be written
	 */
	public static @Nullable String uncheckedContentId(RecordInFlight record, ValueCodec codec) {
		try {
			return digest(List.of(codec.write(record.originalProperties())));
		}
		catch (UnstorableScopeException ex) {
			return null;
		}
	}

	/**
	 * Whether a record has a key. Without this check, all records whose key is null would
	 * be the same record.
	 * @param record the record
	 * @return false when its source names no key, has no value for it, or has one that
	 * {@linkplain #keyProblem cannot be compared}
	 */
	public static boolean hasKey(RecordInFlight record) {
		return record.keyValues().stream().anyMatch(Objects::nonNull) && keyProblem(record) == null;
	}

	/**
	 * Returns why a record cannot be recognised by its key.
	 * @param record the record
	 * @return the reason in a sentence, or null when its key can be compared or it has
	 * none
	 */
	public static @Nullable String keyProblem(RecordInFlight record) {
		List<@Nullable Object> values = record.keyValues();
		for (int i = 0; i < values.size(); i++) {
			Object value = values.get(i);
			if (value != null && !ValueDigest.isSupported(value)) {
				return ("Its key cannot be compared with others: property '%s' is a %s. A key may hold numbers, texts, "
						+ "binaries, dates, times, UUIDs, enums, booleans, and lists and maps of these")
					.formatted(record.keyProperties().get(i), value.getClass().getSimpleName());
			}
		}
		return null;
	}

	/**
	 * Creates the identity of a record, with its original properties as text.
	 * @param record the record
	 * @param codec writes properties as text
	 * @param mask the properties whose values must not be stored
	 * @param maxLength the maximum length of the text in characters; a longer text is not
	 * kept
	 * @return the identity
	 */
	public static RecordIdentity of(RecordInFlight record, ValueCodec codec, Mask mask, int maxLength) {
		Map<String, @Nullable Object> original = record.originalProperties();
		String content;
		try {
			content = codec.writeChecked(original);
		}
		catch (UnstorableScopeException ex) {
			// cannot be distinguished from other versions, nor from other records without
			// a key
			String contentId = UUID.randomUUID().toString();
			// the message quotes the values
			String why = mask.isEmpty() ? ": " + ex.getMessage() : "";
			return new RecordIdentity(hasKey(record) ? digest(record.keyValues()) : contentId, contentId, null,
					"its properties cannot be stored" + why);
		}
		String contentId = digest(List.of(content));
		String recordId = hasKey(record) ? digest(record.keyValues()) : contentId;
		Map<String, @Nullable Object> shown = mask.hideIn(original);
		String text = (shown != original) ? codec.write(shown) : content;
		if (text.length() > maxLength) {
			return new RecordIdentity(recordId, contentId, null,
					"its properties take %d characters, more than max-reject-size".formatted(text.length()));
		}
		return new RecordIdentity(recordId, contentId, text,
				(shown != original) ? "the values of masked properties are not stored" : null);
	}

	/**
	 * Returns this identity without the original properties.
	 * @param why the reason why they must not be stored
	 * @return the identity of the same record
	 */
	public RecordIdentity withoutProperties(String why) {
		return new RecordIdentity(this.recordId, this.contentId, null, why);
	}

	/**
	 * Returns this identity for a record that must not be recreated from its stored
	 * properties.
	 * @param why the reason
	 * @return the same identity otherwise
	 */
	public RecordIdentity notRestorable(String why) {
		return new RecordIdentity(this.recordId, this.contentId, this.properties, why);
	}

	private static String digest(List<? extends @Nullable Object> values) {
		return Objects.requireNonNull(ValueDigest.ofKeys().of(values));
	}

}
