package io.deltasync.api;

/**
 * A value of a {@linkplain RowLayout#row row} in the form in which it arrived. Most
 * values of most records are only passed on, so it is converted when it is first read.
 * Immutable, and thus thread-safe.
 */
public interface UnreadValue {

	/**
	 * Converts the value. Must not fail: whoever creates it has checked its form. May be
	 * called several times.
	 * @return the value that the properties of the record have, never null; equal values
	 * from each call
	 */
	Object read();

	/**
	 * Returns the size of the form in which it arrived, by which memory is limited.
	 * @return the size in bytes
	 */
	int size();

}
