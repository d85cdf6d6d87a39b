package io.deltasync.link;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;

/**
 * What becomes of a record's properties between source and target. Immutable and safe for
 * use by many threads.
 * <p>
 * A property that the mapping names must be there in every record, though its value may
 * be null; in a record to be deleted it may be absent, as only the key is known then.
 */
public final class Mapping {

	private final String link;

	/** From source to target property; of all properties if {@link #selective}. */
	private final Map<String, String> names;

	private final boolean selective;

	private final Map<String, Object> constants;

	Mapping(String link, Map<String, String> names, boolean selective, Map<String, Object> constants) {
		this.link = link;
		this.names = new LinkedHashMap<>(names);
		this.selective = selective;
		this.constants = new LinkedHashMap<>(constants);
	}

	/**
	 * Tells whether properties go to the target as they are.
	 * @return true when {@link #apply} changes nothing
	 */
	public boolean isIdentity() {
		return !this.selective && this.names.isEmpty() && this.constants.isEmpty();
	}

	/**
	 * Gives a record the properties that the target is to have.
	 * @param record the record; unchanged when this throws
	 * @throws AbortRunException when the record lacks a property that the mapping names,
	 * or when two properties would have the same name at the target: a mistake in the
	 * configuration that no other record would make good
	 */
	public void apply(RecordInFlight record) {
		if (isIdentity()) {
			return;
		}
		Map<String, @Nullable Object> from = record.properties();
		Map<String, @Nullable Object> to = new LinkedHashMap<>(2 * (from.size() + this.constants.size()));
		if (!this.selective) {
			from.forEach((name, value) -> put(to, this.names.getOrDefault(name, name), value));
		}
		this.names.forEach((source, target) -> {
			if (this.selective || !from.containsKey(source)) {
				copy(record, source, to, target);
			}
		});
		this.constants.forEach((target, value) -> put(to, target, value));
		record.replaceProperties(to);
	}

	private void copy(RecordInFlight record, String source, Map<String, @Nullable Object> to, String target) {
		if (isThere(record, source)) {
			put(to, target, record.get(source));
		}
		else if (record.operation() != Operation.DELETE) {
			throw new AbortRunException(
					"Link '%s': the mapping names the property '%s', but the source gives none of that name%s. It gives: %s"
						.formatted(this.link, source, NearestName.hint(source, record.properties().keySet()),
								String.join(", ", record.properties().keySet())));
		}
	}

	/** A name may look like a path without being a good one. */
	private static boolean isThere(RecordInFlight record, String source) {
		try {
			return record.has(source);
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private void put(Map<String, @Nullable Object> to, String target, @Nullable Object value) {
		if (to.containsKey(target)) {
			throw new AbortRunException(
					"Link '%s': the mapping would give the property '%s' twice, and the source has one of that name too; "
						.formatted(this.link, target) + "list under mapping.select only the properties to take");
		}
		to.put(target, value);
	}

}
