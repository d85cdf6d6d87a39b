package io.deltasync.codec;

import org.jspecify.annotations.Nullable;

/**
 * The stored form of the values of one type. Stateless with regard to the text being read
 * or written; thread-safe.
 */
interface Form {

	/**
	 * Returns the tag, which names the type if JSON alone does not show it, as in
	 * <code>{"@long":5}</code>.
	 * @return the tag with its leading {@value StorableTypes#TAG}, or null if values can
	 * only be stored in a field that declares their type
	 */
	@Nullable String tag();

	/**
	 * Whether a value needs no tag where any type is possible.
	 * @param value the value
	 * @return true if JSON of this kind is read as this type
	 */
	default boolean speaksForItself(Object value) {
		return false;
	}

	/**
	 * Writes a value without its tag.
	 * @param value a value of this form's type
	 * @param out the writer
	 * @throws ReflectiveOperationException if a field cannot be read
	 */
	void write(Object value, ValueWriter out) throws ReflectiveOperationException;

	/**
	 * Reads a value written by {@link #write}.
	 * @param in the reader, positioned at the value's first token, or after the opening
	 * brace of an object. Positioned at the value's last token afterwards
	 * @return the value
	 * @throws ReflectiveOperationException if the object cannot be created
	 */
	Object read(ValueReader in) throws ReflectiveOperationException;

}
