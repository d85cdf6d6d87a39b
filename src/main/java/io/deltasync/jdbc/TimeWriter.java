package io.deltasync.jdbc;

import java.sql.SQLException;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes times of day, and the spans that MySQL calls TIME.
 */
final class TimeWriter extends ColumnWriter {

	private static final Pattern SPAN = Pattern.compile("(-?\\d{1,3}:\\d{2}(?::\\d{2})?)(\\.\\d{1,9})?");

	private static final Pattern ZEROS = Pattern.compile("0*");

	private final boolean ofKey;

	TimeWriter(Column column, boolean ofKey) {
		super(column);
		this.ofKey = ofKey;
	}

	@Override
	void writeValue(Values values, Object value) throws SQLException, ValueRefusedException {
		Object time = (value instanceof java.sql.Time sql) ? sql.toLocalTime() : value;
		if (column().type() == ColumnType.TIME) {
			values.add(Fractions.fit(column(), this.ofKey, time(time)));
		}
		else {
			values.add(span(time));
		}
	}

	private LocalTime time(Object value) throws ValueRefusedException {
		if (value instanceof LocalTime time) {
			return time;
		}
		if (value instanceof String text) {
			try {
				return LocalTime.parse(text.strip());
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
				: ((String) value).strip();
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
		// The server would round what it cannot hold.
		return matcher.group(1) + ((kept == 1) ? "" : fraction.substring(0, kept));
	}

}
