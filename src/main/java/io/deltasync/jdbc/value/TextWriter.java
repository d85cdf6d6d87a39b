package io.deltasync.jdbc.value;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.temporal.Temporal;
import java.util.UUID;

/**
 * Writes texts that fit the column, and values with an unambiguous text.
 */
public class TextWriter extends ColumnWriter {

	/** Creates the writer of a column. */
	public TextWriter(Column column) {
		super(column);
	}

	@Override
	protected void writeValue(RowSink values, Object value) throws SQLException, ValueRefusedException {
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
	}

	/** Returns the unambiguous text of a value. */
	public static String text(Column column, Object value) throws ValueRefusedException {
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
	public static void checkWellFormed(Column column, String text) throws ValueRefusedException {
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
