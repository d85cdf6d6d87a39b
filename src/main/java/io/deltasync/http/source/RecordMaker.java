package io.deltasync.http.source;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.deltasync.api.RecordInFlight;
import io.deltasync.http.json.AnswerException;
import io.deltasync.http.json.BadLine;
import io.deltasync.http.template.TimeFormat;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of objects. Immutable.
 */
final class RecordMaker {

	private final List<String> key;

	private final @Nullable String changedAt;

	private final TimeFormat times;

	/**
	 * Creates a maker.
	 * @param key the properties that identify a record
	 * @param changedAt the property by which records that have not changed are left out;
	 * null if the API does it
	 * @param times how that property is written
	 */
	RecordMaker(List<String> key, @Nullable String changedAt, TimeFormat times) {
		this.key = key;
		this.changedAt = changedAt;
		this.times = times;
	}

	/**
	 * Makes a record.
	 * @param object an element of an answer
	 * @throws AnswerException if it is no object
	 */
	RecordInFlight make(Object object) {
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
	 * Whether a record has changed, as far as the source does not decide that. One whose
	 * time of change is missing counts as changed.
	 * @param since the start of the window; null if everything is read
	 * @throws AnswerException if the property is no time
	 */
	boolean hasChanged(RecordInFlight made, @Nullable Instant since) {
		Object value = (this.changedAt != null && since != null) ? made.getOriginal(this.changedAt) : null;
		if (value == null || since == null) {
			return true;
		}
		try {
			return !this.times.read(value).isBefore(this.times.floor(since));
		}
		catch (IllegalArgumentException ex) {
			throw new AnswerException("has a record whose '%s' cannot be read: %s; correct delta.format"
				.formatted(this.changedAt, ex.getMessage()), ex);
		}
	}

}
