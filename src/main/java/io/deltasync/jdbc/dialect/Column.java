package io.deltasync.jdbc.dialect;

import java.util.List;

/**
 * A column as the database describes it.
 *
 * @param name the name as stored
 * @param type what it holds
 * @param typeName the database's own name of the type, for messages
 * @param size digits of a decimal, bits of a whole number, characters of a text, bytes of
 * a binary, bits to which JSON's numbers are rounded; 0 when it does not matter
 * @param scale digits after the point, of a decimal or of the seconds; {@link #FLOATING}
 * of a number whose point may be anywhere
 * @param padding what becomes of a value that is shorter than the column
 * @param members the texts that it may hold, in their order; empty when any
 * @param unsigned whether it holds no negative numbers
 * @param nullable whether it may be NULL
 * @param optional whether a new row needs no value for it
 * @param computed whether only the database writes it
 * @param numbered whether the database numbers new rows in it
 * @param filled the expressions by which the database fills it in new and in changed
 * rows; may be empty
 */
public record Column(String name, ColumnType type, String typeName, long size, int scale, Padding padding,
		List<String> members, boolean unsigned, boolean nullable, boolean optional, boolean computed, boolean numbered,
		List<String> filled) {

	/** The scale of a number whose point may be anywhere. */
	public static final int FLOATING = -1;

	/** What becomes of a value that is shorter than its column. */
	public enum Padding {

		/** It stays as it is. */
		NONE,

		/** It loses the spaces at its end. */
		STRIPPED,

		/** It is filled to the length of the column, with spaces or zeros. */
		FILLED

	}

	@Override
	public String toString() {
		return "%s %s".formatted(this.name, this.typeName);
	}

}
