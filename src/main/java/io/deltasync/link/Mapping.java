package io.deltasync.link;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.Operation;
import io.deltasync.api.PropertyPath;
import io.deltasync.api.RecordInFlight;

/**
 * What becomes of a record's properties between source and target. Immutable and safe for
 * use by many threads.
 * <p>
 * A property that the mapping names must be there in every record, though its value may
 * be null; so may be a part of it that is not there. In a record to be deleted a property
 * may be absent, as only the key is known then.
 */
public final class Mapping {

	private final MappingSteps steps;

	private final boolean identity;

	/** What is done to a property while all properties are taken, by its name. */
	private final Map<String, MappedProperty> inPlace = new HashMap<>();

	Mapping(MappingSteps steps) {
		this.steps = steps;
		this.identity = steps.areNone();
		if (!steps.selective()) {
			steps.properties().forEach((property) -> this.inPlace.put(property.source(), property));
		}
	}

	/**
	 * Tells whether properties go to the target as they are.
	 * @return true when {@link #apply} changes nothing
	 */
	public boolean isIdentity() {
		return this.identity;
	}

	/**
	 * Gives a record the properties that the target is to have, or marks it as failed
	 * when values cannot be converted: all that is wrong with it in one error.
	 * @param record the record; its properties are unchanged when it fails or this throws
	 * @throws AbortRunException when the record lacks a property that the mapping names,
	 * or when two properties would have the same name at the target: a mistake in the
	 * configuration that no other record would make good
	 */
	public void apply(RecordInFlight record) {
		if (this.identity) {
			return;
		}
		Map<String, @Nullable Object> from = record.properties();
		TargetProperties to = new TargetProperties(this.steps.nullsSkipped(),
				from.size() + this.steps.constants().size());
		if (!this.steps.selective()) {
			from.forEach((name, value) -> takeInPlace(name, value, to));
		}
		for (MappedProperty property : this.steps.properties()) {
			if (this.steps.selective() || property.target().path() != null || !from.containsKey(property.source())) {
				take(property, record, from, to);
			}
		}
		this.steps.constants().forEach(to::put);
		this.steps.parts().forEach(to::convert);
		if (to.faults().isEmpty()) {
			record.replaceProperties(to.values());
		}
		else {
			record.addError("cannot be mapped: " + String.join("; ", to.faults()));
		}
	}

	private void takeInPlace(String name, @Nullable Object value, TargetProperties to) {
		MappedProperty property = this.inPlace.get(name);
		if (property == null) {
			to.put(name, value);
		}
		else if (property.target().path() == null) {
			to.put(property, property.target(), value);
		}
	}

	private void take(MappedProperty property, RecordInFlight record, Map<String, @Nullable Object> from,
			TargetProperties to) {
		Object value = from.get(property.source());
		PropertyPath path = property.path();
		if (value != null || from.containsKey(property.source())) {
			to.put(property, property.target(), value);
		}
		else if (path != null && from.containsKey((String) path.steps().get(0))) {
			to.put(property, property.partTarget(), path.get(from));
		}
		else if (record.operation() != Operation.DELETE) {
			throw new AbortRunException(
					"the mapping names the property '%s', but the source gives none of that name%s. It gives: %s"
						.formatted(property.source(), NearestName.hint(property.source(), from.keySet()),
								String.join(", ", from.keySet())));
		}
	}

}
