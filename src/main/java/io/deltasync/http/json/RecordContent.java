package io.deltasync.http.json;

import java.util.Iterator;

import org.jspecify.annotations.Nullable;

/**
 * The records of an answer, in order, and after the last one its other fields. Confined
 * to one thread, and to one pass.
 */
public interface RecordContent extends Iterator<@Nullable Object>, AutoCloseable {

	/**
	 * Returns a field outside the records. Known after the last record.
	 * @param path the path of the field
	 * @return the value; null if there is none, or if it is null, an object or an array
	 */
	default @Nullable Object field(JsonPath path) {
		return null;
	}

	/**
	 * Whether there is a field outside the records. Known after the last record.
	 * @param path the path of the field
	 * @return true if so, even if its value is null, an object or an array
	 */
	default boolean has(JsonPath path) {
		return false;
	}

	@Override
	void close();

}
