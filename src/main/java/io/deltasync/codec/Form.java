package io.deltasync.codec;

import org.jspecify.annotations.Nullable;

/**
 * How values of one type look in a stored scope. Knows nothing of a particular text; safe
 * for use by many threads.
 */
interface Form {

	/**
	 * Names the type where JSON alone does not tell it, as in <code>{"@long":5}</code>.
	 * @return the name with its leading {@value StorableTypes#TAG}, or null when values
	 * can only stand where a field declares their type
	 */
	@Nullable String tag();

	/**
	 * Tells whether the value's JSON needs no tag where any type is possible.
	 * @param value the value
	 * @return true when JSON of this kind is read as this type
	 */
	default boolean speaksForItself(Object value) {
		return false;
	}

	/**
	 * Writes a value without its tag.
	 * @param value a value of this form's type
	 * @param out where to
	 * @throws ReflectiveOperationException when a field cannot be read
	 */
	void write(Object value, ValueWriter out) throws ReflectiveOperationException;

	/**
	 * Reads what {@link #write} wrote.
	 * @param in stands at the value's first token; behind the opening brace if it is an
	 * object. Afterwards it stands at the value's last token
	 * @return the value
	 * @throws ReflectiveOperationException when the object cannot be made
	 */
	Object read(ValueReader in) throws ReflectiveOperationException;

}
