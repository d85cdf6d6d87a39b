package io.deltasync.jdbc.value;

import java.sql.SQLException;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes times of day, and time spans in MySQL's TIME.
 */
final class TimeWriter extends ColumnWriter {

	private static final Pattern SPAN = Pattern.compile("(-?\\d{1,3}:\\d{2}(?::\\d{2})?)(\\.\\d{1,9})?");

	private static final Pattern ZERO = Pattern.compile("[0:]*");

	private static final Pattern ZEROS = Pattern.compile("0*");

	private final boolean ofKey;

	TimeWriter(Column column, boolean ofKey) {
		super(column);
		this.ofKey = ofKey;
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		Object time = (value instanceof java.sql.Time sql) ? sql.toLocalTime() : value;
		if (column().type() == ColumnType.TIME) {
			LocalTime fitting = Fractions.fit(column(), this.ofKey, time(time));
			checkKey(value, DateTimeFormatter.ISO_LOCAL_TIME.format(fitting));
			values.add(fitting);
		}
		else {
			String fitting = span(time);
			checkKey(value, written(fitting));
			values.add(fitting);
		}
	}

	/**
	 * Refuses a text that the column would change, so that two texts never become one
	 * row.
	 */
	private void checkKey(Object value, String written) throws ValueRefusedException {
		if (this.ofKey && value instanceof String text && !TimeText.withoutZeros(text).equals(written)) {
			throw ValueRefusedException.of(column(),
					"it is part of the key and stores '%s' as '%s'; records would become one row: give '%s' the type time under mapping.types"
						.formatted(text, written, column().name()));
		}
	}

	/** Returns a span with two-digit hours and with seconds; zero has no sign. */
	static String written(String span) {
		boolean negative = span.startsWith("-");
		String[] parts = TimeText.withoutZeros(negative ? span.substring(1) : span).split(":", 0);
		String time = "%02d:%s:%s".formatted(Integer.parseInt(parts[0]), parts[1],
				(parts.length > 2) ? parts[2] : "00");
		return (negative && !ZERO.matcher(time).matches()) ? "-" + time : time;
	}

	private LocalTime time(Object value) throws ValueRefusedException {
		if (value instanceof LocalTime time) {
			return time;
		}
		if (value instanceof String text) {
			try {
				return LocalTime.parse(text);
			}
			catch (DateTimeParseException ex) {
				throw ValueRefusedException.of(column(), "'%s' is not a time of day such as 08:00:00".formatted(text));
			}
		}
		throw ValueRefusedException.never(column(), value);
	}

	private String span(Object value) throws ValueRefusedException {
		if (!(value instanceof LocalTime) && !(value instanceof String)) {
			throw ValueRefusedException.never(column(), value);
		}
		String text = (value instanceof LocalTime time) ? DateTimeFormatter.ISO_LOCAL_TIME.format(time)
				: (String) value;
		Matcher matcher = SPAN.matcher(text);
		if (!matcher.matches()) {
			throw ValueRefusedException.of(column(), "'%s' is not a time such as 08:00:00".formatted(text));
		}
		String fraction = matcher.group(2);
		int kept = column().scale() + 1;
		if (fraction == null || fraction.length() <= kept) {
			return text;
		}
		if (this.ofKey && !ZEROS.matcher(fraction.substring(kept)).matches()) {
			throw Fractions.tooFine(column(), text);
		}
		// The server would round further digits.
		return matcher.group(1) + ((kept == 1) ? "" : fraction.substring(0, kept));
	}

}
