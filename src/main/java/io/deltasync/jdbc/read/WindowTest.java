package io.deltasync.jdbc.read;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.function.Predicate;

import io.deltasync.api.RecordInFlight;
import io.deltasync.jdbc.delta.Window;
import io.deltasync.jdbc.value.Column;
import org.jspecify.annotations.Nullable;

/**
 * Tests whether a row that was read is at or after the start of a window. Its end does
 * not matter, because the next run's window has a later one.
 */
final class WindowTest implements Predicate<RecordInFlight> {

	private final String column;

	private final @Nullable Comparable<?> from;

	WindowTest(Column column, Window window) {
		this.column = column.name();
		this.from = from(column, window.from());
	}

	/** Returns the start; null if its type has no order that is known here. */
	private static @Nullable Comparable<?> from(Column column, String text) {
		return switch (column.keyType()) {
			case INTEGER, DECIMAL -> new BigDecimal(text);
			case DATE -> LocalDate.parse(text);
			case LOCAL_DATE_TIME -> LocalDateTime.parse(text);
			case INSTANT -> Instant.parse(text);
			case OFFSET_DATE_TIME -> OffsetDateTime.parse(text).toInstant();
			default -> null;
		};
	}

	@Override
	public boolean test(RecordInFlight record) {
		Object value = record.originalProperties().get(this.column);
		if (this.from == null || value == null) {
			return false;
		}
		Object comparable = (value instanceof OffsetDateTime time) ? time.toInstant()
				: (value instanceof Number number) ? new BigDecimal(number.toString()) : value;
		return compare(this.from, comparable) <= 0;
	}

	@SuppressWarnings("unchecked")
	private static int compare(Comparable<?> from, Object value) {
		return ((Comparable<Object>) from).compareTo(value);
	}

}
