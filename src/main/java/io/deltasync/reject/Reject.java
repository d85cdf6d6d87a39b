package io.deltasync.reject;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.codec.ValueCodec;
import org.jspecify.annotations.Nullable;

/**
 * A stored record that could not be delivered, with its reason. There is one of each
 * record of a Link; what becomes of the record later becomes of it.
 *
 * @param id its number, by which a person names it
 * @param link the Link's name
 * @param state what has become of it
 * @param key what identifies the record to a person, or null when its source does not say
 * @param keyProperties the names of the properties that identify it, as text, or null
 * @param operation what was to become of the record at the target
 * @param stage where it failed last
 * @param message why, in words an operator understands
 * @param properties its original properties as text, with masked fields; null when they
 * are not stored
 * @param notRestorable why it cannot be delivered from here, or null when it can
 * @param attempts in how many runs it failed since it was last delivered
 * @param firstEvent the first of these runs
 * @param lastEvent the last of these runs
 * @param ordinal the scope in which it failed last; null when that is fetched again, and
 * when it failed beside the scopes
 * @param acknowledged whether its last run counts it as acknowledged
 * @param firstSeen when it failed first
 * @param lastSeen when it failed last
 * @param nextTry when it is tried again on its own; null unless acknowledged or
 * quarantined
 */
public record Reject(long id, String link, State state, @Nullable String key, @Nullable String keyProperties,
		Operation operation, Stage stage, String message, @Nullable String properties, @Nullable String notRestorable,
		int attempts, long firstEvent, long lastEvent, @Nullable Long ordinal, boolean acknowledged, Instant firstSeen,
		Instant lastSeen, @Nullable Instant nextTry) {

	/** The place of what is tried alone, in the order of scopes. */
	public static final long ALONE = -1;

	/** The place of what is to be deleted, in the order of scopes. */
	public static final long DELETION = -2;

	/**
	 * Makes the record again from its original properties.
	 * @param codec reads them
	 * @return the record
	 * @throws io.deltasync.codec.UnreadableScopeException when they cannot be read
	 */
	@SuppressWarnings("unchecked")
	public RecordInFlight restore(ValueCodec codec) {
		if (this.properties == null || this.notRestorable != null) {
			throw new IllegalStateException(
					"Reject %d cannot be made again: %s".formatted(this.id, this.notRestorable));
		}
		RecordInFlight record = new RecordInFlight((Map<String, @Nullable Object>) codec.read(this.properties),
				this.operation);
		return (this.keyProperties != null) ? record.identifiedBy((List<String>) codec.read(this.keyProperties))
				: record;
	}

	/** Where a record failed. */
	public enum Stage {

		/** A filter. */
		FILTER,

		/** The Link's mapping. */
		MAPPING,

		/** The target adapter. */
		TARGET

	}

	/** What has become of a reject. */
	public enum State {

		/** It fails each run that fetches it. */
		OPEN,

		/** A person took it out of the runs' success; it is tried on its own. */
		ACKNOWLEDGED,

		/** The Link's {@code quarantine-after} did the same. */
		QUARANTINED,

		/** The record, or a later version of it, was delivered. */
		DELIVERED,

		/** A person gave it up: this version of the record fails no run. */
		DISCARDED,

		/**
		 * The source no longer has the record, or has it under another identity: a run
		 * that read all of its window did not meet it.
		 */
		GONE,

		/** A testing run met it; no other run knows it. */
		TESTING;

		/**
		 * Tells whether the record waits to be delivered.
		 * @return true while it is stored for that
		 */
		public boolean isWaiting() {
			return this == OPEN || this == ACKNOWLEDGED || this == QUARANTINED;
		}

		/**
		 * Tells whether the record is out of the runs' success, whatever its content.
		 * @return true for what was acknowledged or is in quarantine
		 */
		public boolean isAcknowledged() {
			return this == ACKNOWLEDGED || this == QUARANTINED;
		}

	}

}
