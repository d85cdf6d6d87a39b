package io.deltasync.jdbc.write;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.temporal.Temporal;
import java.util.UUID;

import io.deltasync.jdbc.dialect.Column;
import io.deltasync.jdbc.dialect.Numbers;
import io.deltasync.jdbc.dialect.ValueRefusedException;

/**
 * Writes texts that fit the column, and values with an unambiguous text.
 */
final class TextWriter extends ColumnWriter {

	TextWriter(Column column) {
		super(column);
	}

	@Override
	void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
		String text = text(column(), value);
		long limit = column().size();
		if (limit > 0 && text.length() > limit && text.codePointCount(0, text.length()) > limit) {
			throw ValueRefusedException.of(column(),
					"the text has %d characters; make the column longer, or the text shorter by mapping"
						.formatted(text.codePointCount(0, text.length())));
		}
		checkWellFormed(column(), text);
		if (text.endsWith(" ")) {
			checkSpaces(text);
		}
		values.add(text);
	}

	private void checkSpaces(String text) throws ValueRefusedException {
		boolean lost = column().padding() == Column.Padding.STRIPPED
				|| (column().padding() == Column.Padding.FILLED && text.length() < column().size());
		if (lost) {
			throw ValueRefusedException.of(column(),
					"the text ends with a space, which a column of fixed length cannot distinguish from its padding; make the column VARCHAR, or remove the space by a filter");
		}
		// such columns count bytes, and excess trailing spaces are truncated silently
		if (isNamed(column(), "tinytext") || isNamed(column(), "text") || isNamed(column(), "mediumtext")) {
			int bytes = text.getBytes(StandardCharsets.UTF_8).length;
			if (bytes > column().size()) {
				throw ValueRefusedException.of(column(),
						"the text has %d bytes, and would lose its trailing spaces; make the column longer, or the text shorter by mapping"
							.formatted(bytes));
			}
		}
	}

	/** Returns the unambiguous text of a value. */
	static String text(Column column, Object value) throws ValueRefusedException {
		if (value instanceof String text) {
			return text;
		}
		if (value instanceof BigDecimal decimal) {
			return Numbers.plain(decimal);
		}
		if (value instanceof Number || value instanceof Boolean || value instanceof Character
				|| value instanceof Temporal || value instanceof UUID || value instanceof Enum) {
			return value.toString();
		}
		throw ValueRefusedException.never(column, value);
	}

	/** Refuses half a surrogate pair: drivers would send a question mark instead. */
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
