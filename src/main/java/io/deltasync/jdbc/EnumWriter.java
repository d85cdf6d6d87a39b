package io.deltasync.jdbc;

import java.sql.SQLException;
import java.util.regex.Pattern;

/**
 * Writes values of MySQL's ENUM and SET. The server takes a number that is none of their
 * values, also as text, for the place of one in the list, or for a bit mask of several.
 */
final class EnumWriter extends ColumnWriter {

	private static final Pattern NUMBER = Pattern.compile("\\s*[+-]?\\d+");

	EnumWriter(Column column) {
		super(column);
	}

	@Override
	void writeValue(Values values, Object value) throws SQLException, ValueRefusedException {
		String text = TextWriter.text(column(), value);
		// The server leaves out spaces behind it, too.
		String member = text.stripTrailing();
		if (NUMBER.matcher(member).matches() && !isListed(member)) {
			throw ValueRefusedException.of(column(), "'%s' is none of its values".formatted(text));
		}
		TextWriter.checkWellFormed(column(), text);
		values.add(text);
	}

	/** A quote within a value is doubled, so it looks like none that ends one. */
	private boolean isListed(String number) {
		String list = column().typeName();
		String quoted = "'" + number + "'";
		for (int at = list.indexOf(quoted); at >= 0; at = list.indexOf(quoted, at + 1)) {
			int end = at + quoted.length();
			if (at > 0 && end < list.length() && "(,".indexOf(list.charAt(at - 1)) >= 0
					&& ",)".indexOf(list.charAt(end)) >= 0) {
				return true;
			}
		}
		return false;
	}

}
