package io.deltasync.run.verify;

import java.util.HexFormat;
import java.util.Map;
import java.util.StringJoiner;

import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.config.Mask;
import io.deltasync.event.LoggedRecord;
import io.deltasync.event.LoggedRecord.Outcome;
import io.deltasync.link.Link;
import io.deltasync.run.deliver.DeliveryWitness.Remembered;
import io.deltasync.run.retry.Messages;
import org.jspecify.annotations.Nullable;

/**
 * Describes differences to people. Thread-safe.
 */
final class DifferenceText {

	private static final int MOST_PROPERTIES = 10;

	private static final int MOST_CHARACTERS = 60;

	private final Mask mask;

	/** A filter may copy a hidden value to any property. */
	private final boolean filtered;

	DifferenceText(Link link) {
		this.mask = link.mask();
		this.filtered = link.changesPropertiesByFilters();
	}

	/**
	 * Describes a confirmed suspect.
	 * @param scope the ordinal of its scope
	 * @param suspect the suspect
	 * @param repair what became of its repair; null if it was not repaired
	 */
	LoggedRecord of(long scope, Suspect suspect, @Nullable String repair) {
		RecordInFlight record = suspect.record().record;
		StringJoiner text = new StringJoiner("; ");
		text.add(suspect.isMissing() ? "there is no such row at the target" : differences(record, suspect));
		String cause = cause(suspect);
		if (cause != null) {
			text.add(cause);
		}
		if (repair != null) {
			text.add("not repaired: " + this.mask.hideIn(repair, record));
		}
		return new LoggedRecord(scope, this.mask.key(record), suspect.isMissing() ? Outcome.MISSING : Outcome.DIFFERENT,
				text.toString());
	}

	/** Describes a suspect that was repaired. */
	LoggedRecord repaired(long scope, Suspect suspect) {
		LoggedRecord found = of(scope, suspect, null);
		return new LoggedRecord(found.scope(), found.key(), Outcome.REPAIRED, found.message());
	}

	private String differences(RecordInFlight record, Suspect suspect) {
		if (record.operation() == Operation.DELETE) {
			return "the row is still at the target";
		}
		StringJoiner text = new StringJoiner("; ");
		int left = MOST_PROPERTIES;
		for (Map.Entry<String, @Nullable Object> held : suspect.result().held().entrySet()) {
			if (left-- == 0) {
				text.add("and %d more properties".formatted(suspect.result().held().size() - MOST_PROPERTIES));
				break;
			}
			String name = held.getKey();
			boolean hidden = !this.mask.isEmpty() && (this.filtered || this.mask.touchesTarget(name));
			text.add("%s: source %s, target %s".formatted(name, hidden ? "***" : value(record.get(name)),
					hidden ? "***" : value(held.getValue())));
		}
		return text.toString();
	}

	private static String value(@Nullable Object value) {
		if (value == null) {
			return "null";
		}
		if (value instanceof byte[] bytes) {
			int shown = Math.min(bytes.length, MOST_CHARACTERS / 2);
			return "0x" + HexFormat.of().formatHex(bytes, 0, shown) + ((shown < bytes.length) ? "…" : "");
		}
		String text = Messages.excerpt(String.valueOf(value), MOST_CHARACTERS);
		return (value instanceof CharSequence) ? "'" + text + "'" : text;
	}

	private static @Nullable String cause(Suspect suspect) {
		Remembered remembered = (suspect.remembered() != null) ? suspect.remembered() : Remembered.NOT_KEPT;
		return switch (remembered) {
			case SAME -> suspect.isMissing() ? "it was delivered, and deleted at the target since"
					: "it was delivered like this, and changed at the target since";
			case OTHER -> "it has changed at the source since its last delivery, and the change did not arrive";
			case NOTHING -> "it was never delivered";
			case NOT_KEPT, UNCERTAIN -> null;
		};
	}

}
