package io.deltasync.http.json;

/**
 * A line of an answer that cannot be read, in place of its record.
 *
 * @param problem the line and what is wrong with it, without values
 */
public record BadLine(String problem) {

}
