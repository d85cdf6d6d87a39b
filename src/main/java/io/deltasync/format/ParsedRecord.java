package io.deltasync.format;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A record that was read, or a line that could not be read.
 *
 * @param line the number of the line that the record begins in; the first line is 1
 * @param properties the values by name, in order, which may be null; empty if there is a
 * problem
 * @param problem what is wrong, for operators, without values of the record; null if
 * nothing is
 */
public record ParsedRecord(long line, Map<String, @Nullable Object> properties, @Nullable String problem) {

	static ParsedRecord bad(long line, String problem) {
		return new ParsedRecord(line, Map.of(), problem);
	}

}
