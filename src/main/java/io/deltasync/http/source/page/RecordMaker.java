package io.deltasync.http.source.page;

import java.util.List;
import java.util.Map;

import io.deltasync.api.RecordInFlight;
import io.deltasync.http.json.AnswerException;
import io.deltasync.http.json.BadLine;
import io.deltasync.http.source.delta.ChangeProperty;
import io.deltasync.http.source.delta.Window;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of objects. Immutable.
 */
public final class RecordMaker {

	private final List<String> key;

	private final @Nullable ChangeProperty changedAt;

	/**
	 * Creates a maker.
	 * @param key the properties that identify a record
	 * @param changedAt the property by which records that have not changed are left out;
	 * null if the API does it
	 */
	public RecordMaker(List<String> key, @Nullable ChangeProperty changedAt) {
		this.key = key;
		this.changedAt = changedAt;
	}

	/**
	 * Makes a record.
	 * @param object an element of an answer
	 * @throws AnswerException if it is no object
	 */
	public RecordInFlight make(Object object) {
		if (object instanceof BadLine line) {
			RecordInFlight bad = new RecordInFlight(Map.of());
			bad.addError(line.problem());
			return bad;
		}
		if (!(object instanceof Map<?, ?>)) {
			throw new AnswerException("has a record that is no object, but %s; correct 'records'"
				.formatted(object.getClass().getSimpleName()));
		}
		@SuppressWarnings("unchecked")
		Map<String, @Nullable Object> properties = (Map<String, @Nullable Object>) object;
		RecordInFlight made = new RecordInFlight(properties).identifiedBy(this.key);
		for (String name : this.key) {
			if (made.getOriginal(name) == null) {
				made.addError("has no value of the key '%s'".formatted(name));
			}
		}
		return made;
	}

	/**
	 * Whether a record has changed, as far as the source does not decide that.
	 * @throws AnswerException if its time or number cannot be read
	 */
	public boolean hasChanged(RecordInFlight made, Window window) {
		return this.changedAt == null || !this.changedAt.isBefore(made, window);
	}

}
