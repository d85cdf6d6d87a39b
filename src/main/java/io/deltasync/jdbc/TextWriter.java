package io.deltasync.jdbc;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.temporal.Temporal;
import java.util.UUID;

/**
 * Writes texts that are not too long, and what has one obvious text.
 */
final class TextWriter extends ColumnWriter {

	/** Beyond so many digits a number is written with its exponent. */
	private static final int MOST_ZEROS = 1000;

	TextWriter(Column column) {
		super(column);
	}

	@Override
	void writeValue(Values values, Object value) throws SQLException, ValueRefusedException {
		String text = text(column(), value);
		long limit = column().size();
		if (limit > 0 && text.length() > limit && text.codePointCount(0, text.length()) > limit) {
			throw ValueRefusedException.of(column(),
					"the text has %d characters; make the column longer, or the text shorter by mapping"
						.formatted(text.codePointCount(0, text.length())));
		}
		checkWellFormed(column(), text);
		values.add(text);
	}

	/** The one obvious text of a value. */
	static String text(Column column, Object value) throws ValueRefusedException {
		if (value instanceof String text) {
			return text;
		}
		if (value instanceof BigDecimal decimal) {
			return (Math.abs((long) decimal.scale()) <= MOST_ZEROS) ? decimal.toPlainString() : decimal.toString();
		}
		if (value instanceof Number || value instanceof Boolean || value instanceof Character
				|| value instanceof Temporal || value instanceof UUID || value instanceof Enum) {
			return value.toString();
		}
		throw ValueRefusedException.never(column, value);
	}

	/** Half a surrogate pair has no UTF-8; drivers send a question mark for it. */
	static void checkWellFormed(Column column, String text) throws ValueRefusedException {
		for (int i = 0; i < text.length(); i++) {
			char unit = text.charAt(i);
			if (Character.isSurrogate(unit)) {
				boolean pair = Character.isHighSurrogate(unit) && i + 1 < text.length()
						&& Character.isLowSurrogate(text.charAt(i + 1));
				if (!pair) {
					throw ValueRefusedException.of(column, "the text holds half a surrogate pair, at %d".formatted(i));
				}
				i++;
			}
		}
	}

}
