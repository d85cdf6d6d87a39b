package io.deltasync.codec;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The stored form of the values of one type. Stateless with regard to the text being read
 * or written; thread-safe.
 *
 * @param tag names the type if JSON alone does not show it, as in
 * <code>{"@long":5}</code>; null if values can only be stored in a field that declares
 * their type
 * @param plain whether a value needs no tag where any type is possible, because JSON of
 * this kind is read as this type
 * @param writer writes values
 * @param reader reads values
 */
record Form(@Nullable String tag, Predicate<Object> plain, Writer writer, Reader reader) {

	static final Predicate<Object> PLAIN = (value) -> true;

	static final Predicate<Object> TAGGED = (value) -> false;

	/** Writes values of one type. */
	interface Writer {

		/**
		 * Writes a value without its tag.
		 * @param value the value
		 * @param out the writer
		 * @throws ReflectiveOperationException if a field cannot be read
		 */
		void write(Object value, ValueWriter out) throws ReflectiveOperationException;

	}

	/** Reads values of one type. */
	interface Reader {

		/**
		 * Reads a value written by a {@link Writer}.
		 * @param in the reader, positioned at the value's first token, or after the
		 * opening brace of an object. Positioned at the value's last token afterwards
		 * @return the value
		 * @throws ReflectiveOperationException if an object cannot be created
		 */
		Object read(ValueReader in) throws ReflectiveOperationException;

	}

}
