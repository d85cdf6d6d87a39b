package io.deltasync.run.deliver;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.codec.UnstorableScopeException;
import io.deltasync.codec.ValueCodec;
import io.deltasync.mapping.Mapping;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the keys of records as text: the key in the source, and the key that the target
 * received, with the names and constants of the mapping. Not thread-safe.
 */
final class KeyEncoder {

	/** The longest encoded key that is stored. */
	private static final int MAX_LENGTH = 10_000;

	private final Mapping mapping;

	private final ValueCodec codec;

	/** The target's key properties for the last key that was encoded. */
	private Set<String> targetNames = Set.of();

	private List<String> sourceNames = List.of();

	KeyEncoder(Mapping mapping, ValueCodec codec) {
		this.mapping = mapping;
		this.codec = codec;
	}

	@Nullable String source(RecordInFlight record) {
		return text(key(record));
	}

	@Nullable String target(RecordInFlight record) {
		Map<String, @Nullable Object> key = targetKey(record);
		return (key != null) ? text(key) : null;
	}

	/**
	 * Returns the mapped key of a record that was stopped before the target; null if it
	 * cannot be mapped.
	 */
	@Nullable RecordInFlight mapped(RecordInFlight record) {
		RecordInFlight key = new RecordInFlight(key(record), Operation.DELETE).identifiedBy(record.keyProperties());
		try {
			this.mapping.apply(key);
			return key.isFailed() ? null : key;
		}
		catch (AbortRunException ex) {
			return null;
		}
	}

	/**
	 * Returns the key of a record as the target received it; null if a part of the key
	 * did not go to the target.
	 */
	@Nullable Map<String, @Nullable Object> targetKey(RecordInFlight record) {
		if (!record.keyProperties().equals(this.sourceNames)) {
			this.targetNames = targetNames(record);
			this.sourceNames = record.keyProperties();
		}
		Map<String, @Nullable Object> properties = record.properties();
		if (this.targetNames.isEmpty() || !properties.keySet().containsAll(this.targetNames)) {
			return null;
		}
		Map<String, @Nullable Object> key = new LinkedHashMap<>();
		this.targetNames.forEach((name) -> key.put(name, properties.get(name)));
		return key;
	}

	private Set<String> targetNames(RecordInFlight record) {
		Set<String> names = mapped(key(record));
		return names.equals(mapped(Map.of())) ? Set.of() : names;
	}

	/**
	 * Returns the mapped names of properties, as for a record to be deleted, of which
	 * only the key is known.
	 */
	private Set<String> mapped(Map<String, @Nullable Object> properties) {
		RecordInFlight record = new RecordInFlight(properties, Operation.DELETE);
		this.mapping.apply(record);
		return record.isFailed() ? Set.of() : new LinkedHashSet<>(record.properties().keySet());
	}

	private static Map<String, @Nullable Object> key(RecordInFlight record) {
		Map<String, @Nullable Object> key = new LinkedHashMap<>();
		List<@Nullable Object> values = record.keyValues();
		for (int i = 0; i < values.size(); i++) {
			key.put(record.keyProperties().get(i), values.get(i));
		}
		return key;
	}

	private @Nullable String text(Map<String, @Nullable Object> key) {
		try {
			String text = this.codec.write(key);
			return (text.length() <= MAX_LENGTH) ? text : null;
		}
		catch (UnstorableScopeException ex) {
			return null;
		}
	}

}
