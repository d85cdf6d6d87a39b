package io.deltasync.jdbc.dialect;

import java.util.List;

/**
 * A column as the database describes it.
 *
 * @param name the name as stored
 * @param type the kind of its values
 * @param typeName the database's own name of the type, for messages
 * @param size digits of a decimal, bits of a whole number, characters of a text, bytes of
 * a binary, bits to which JSON's numbers are rounded; 0 for other types
 * @param scale digits after the decimal point, of the number or of the seconds;
 * {@link #FLOATING} for floating point numbers
 * @param padding how the database stores a value that is shorter than the column
 * @param members the permitted texts in the order of their numbers; empty when any text
 * is permitted
 * @param unsigned whether it holds no negative numbers
 * @param nullable whether it may be NULL
 * @param optional whether a new row may omit it
 * @param computed whether only the database writes it
 * @param numbered whether the database numbers new rows in it
 * @param filled the expressions with which the database fills it in new and in changed
 * rows; may be empty
 */
public record Column(String name, ColumnType type, String typeName, long size, int scale, Padding padding,
		List<String> members, boolean unsigned, boolean nullable, boolean optional, boolean computed, boolean numbered,
		List<String> filled) {

	/** The scale of a floating point number. */
	public static final int FLOATING = -1;

	/** How the database stores a value that is shorter than its column. */
	public enum Padding {

		/** Stored unchanged. */
		NONE,

		/** Stored without trailing spaces. */
		STRIPPED,

		/** Filled up to the length of the column with spaces or zeros. */
		FILLED

	}

	@Override
	public String toString() {
		return "%s %s".formatted(this.name, this.typeName);
	}

}
