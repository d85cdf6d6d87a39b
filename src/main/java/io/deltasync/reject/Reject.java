package io.deltasync.reject;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.codec.ValueCodec;
import io.deltasync.schema.Columns;
import org.jspecify.annotations.Nullable;

/**
 * A stored record that could not be delivered, with its reason. Each record of a Link has
 * at most one reject, whose state follows the record.
 *
 * @param id its number, by which a person names it
 * @param link the Link's name
 * @param state its state
 * @param key identifies the record to a person; null when its source does not provide
 * this
 * @param keyProperties the names of its key properties, as text, or null
 * @param operation the operation to carry out at the target
 * @param stage where it failed last
 * @param message the reason, in words that an operator understands
 * @param properties its original properties as text, with masked fields; null when they
 * are not stored
 * @param notRestorable why it cannot be delivered from here, or null when it can
 * @param attempts in how many runs it failed since it was last delivered
 * @param firstEvent the first of these runs
 * @param lastEvent the last of these runs
 * @param ordinal the scope in which it failed last; null when this scope is fetched
 * again, and when it failed outside all scopes
 * @param acknowledged whether its last run counts it as acknowledged
 * @param firstSeen when it first failed
 * @param lastSeen when it last failed
 * @param nextTry when it is retried on its own; null unless acknowledged or quarantined
 */
public record Reject(long id, String link, State state, @Nullable String key, @Nullable String keyProperties,
		Operation operation, Stage stage, String message, @Nullable String properties, @Nullable String notRestorable,
		int attempts, long firstEvent, long lastEvent, @Nullable Long ordinal, boolean acknowledged, Instant firstSeen,
		Instant lastSeen, @Nullable Instant nextTry) {

	/** The ordinal of a record that is retried alone. */
	public static final long ALONE = -1;

	/** The ordinal of a record that is deleted. */
	public static final long DELETION = -2;

	/**
	 * Recreates the record from its original properties.
	 * @param codec reads them
	 * @return the record
	 * @throws io.deltasync.codec.UnreadableScopeException when they cannot be read
	 */
	@SuppressWarnings("unchecked")
	public RecordInFlight restore(ValueCodec codec) {
		if (this.properties == null || this.notRestorable != null) {
			throw new IllegalStateException("Reject %d cannot be recreated: %s".formatted(this.id, this.notRestorable));
		}
		RecordInFlight record = new RecordInFlight((Map<String, @Nullable Object>) codec.read(this.properties),
				this.operation);
		return (this.keyProperties != null) ? record.identifiedBy((List<String>) codec.read(this.keyProperties))
				: record;
	}

	/** Reads a row of {@code SYNC_REJECT}. */
	static Reject read(ResultSet row, int number) throws SQLException {
		return new Reject(row.getLong("REJECT_ID"), row.getString("LINK"), State.valueOf(row.getString("STATE")),
				row.getString("RECORD_KEY"), row.getString("KEY_PROPERTIES"),
				Operation.valueOf(row.getString("OPERATION")), Stage.valueOf(row.getString("STAGE")),
				row.getString("MESSAGE"), row.getString("PROPERTIES"), row.getString("NOT_RESTORABLE"),
				row.getInt("ATTEMPTS"), row.getLong("FIRST_EVENT"), row.getLong("LAST_EVENT"), scope(row),
				row.getBoolean("ACKNOWLEDGED"), Objects.requireNonNull(Columns.instant(row, "FIRST_SEEN")),
				Objects.requireNonNull(Columns.instant(row, "LAST_SEEN")), Columns.instant(row, "NEXT_TRY"));
	}

	/** Returns no scope for records that failed outside all scopes. */
	static @Nullable Long scope(ResultSet row) throws SQLException {
		long ordinal = row.getLong("ORDINAL");
		return (row.wasNull() || ordinal < 0) ? null : ordinal;
	}

	/** The place where a record failed. */
	public enum Stage {

		/** A filter. */
		FILTER,

		/** The Link's mapping. */
		MAPPING,

		/** The target adapter. */
		TARGET

	}

	/** The state of a reject. */
	public enum State {

		/** Every run that fetches the record fails. */
		OPEN,

		/**
		 * A person has acknowledged it: it does not fail runs, and is retried on its own.
		 */
		ACKNOWLEDGED,

		/** The Link's {@code quarantine-after} has acknowledged it automatically. */
		QUARANTINED,

		/** The record, or a later version of it, was delivered. */
		DELIVERED,

		/** A person has discarded it: this version of the record fails no run. */
		DISCARDED,

		/**
		 * The source no longer has the record, or has it under another identity: a run
		 * that read its whole window did not meet it.
		 */
		GONE,

		/** A testing run met it; no other run knows it. */
		TESTING;

		/**
		 * Whether the record waits to be delivered.
		 * @return true while it is stored for delivery
		 */
		public boolean isWaiting() {
			return this == OPEN || this == ACKNOWLEDGED || this == QUARANTINED;
		}

		/**
		 * Whether the record does not fail runs, whatever its content.
		 * @return true for acknowledged and quarantined records
		 */
		public boolean isAcknowledged() {
			return this == ACKNOWLEDGED || this == QUARANTINED;
		}

	}

}
