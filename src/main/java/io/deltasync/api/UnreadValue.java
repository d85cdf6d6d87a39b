package io.deltasync.api;

/**
 * A value of a {@linkplain RowLayout#row row} in the form in which it arrived. Most
 * values of most records are only passed on, so it is converted when it is first read.
 * Immutable.
 */
public interface UnreadValue {

	/**
	 * Converts the value.
	 * @return the value that the properties of the record have
	 */
	Object read();

	/**
	 * Returns the size of the form in which it arrived.
	 * @return bytes
	 */
	int size();

}
