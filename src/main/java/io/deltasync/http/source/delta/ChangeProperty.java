package io.deltasync.http.source.delta;

import java.time.Instant;

import io.deltasync.api.RecordInFlight;
import io.deltasync.http.json.AnswerException;
import io.deltasync.http.template.TimeFormat;
import org.jspecify.annotations.Nullable;

/**
 * The property of a record that has the time or the number of its last change. Immutable.
 *
 * @param name the name of the property
 * @param times how its times are written; null if it has numbers
 */
public record ChangeProperty(String name, @Nullable TimeFormat times) {

	/**
	 * Whether a record has not changed since the start of a window. One whose time or
	 * number is missing counts as changed.
	 * @throws AnswerException if the property cannot be read
	 */
	public boolean isBefore(RecordInFlight made, Window window) {
		if (this.times == null) {
			Long number = (window.number() != null) ? number(made) : null;
			return number != null && window.number() != null && number < window.number();
		}
		Instant time = (window.since() != null) ? time(made) : null;
		return time != null && window.since() != null && time.isBefore(this.times.floor(window.since()));
	}

	/** Returns the time of a record's last change; null if there is none. */
	public @Nullable Instant time(RecordInFlight made) {
		Object value = made.getOriginal(this.name);
		if (value == null || this.times == null) {
			return null;
		}
		try {
			return this.times.read(value);
		}
		catch (IllegalArgumentException ex) {
			throw unreadable(String.valueOf(ex.getMessage()), ex);
		}
	}

	/** Returns the number of a record's last change; null if there is none. */
	public @Nullable Long number(RecordInFlight made) {
		Object value = made.getOriginal(this.name);
		if (value == null) {
			return null;
		}
		String text = value.toString().strip();
		if (!text.matches("\\d{1,18}")) {
			throw unreadable("'%s' is not a whole number of 0 or more"
				.formatted((text.length() > 60) ? text.substring(0, 60) + "…" : text), null);
		}
		return Long.valueOf(text);
	}

	private AnswerException unreadable(String problem, @Nullable Exception cause) {
		String message = "has a record whose '%s' cannot be read: %s; correct delta.format".formatted(this.name,
				problem);
		return (cause != null) ? new AnswerException(message, cause) : new AnswerException(message);
	}

}
