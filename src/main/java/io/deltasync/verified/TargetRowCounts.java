package io.deltasync.verified;

import org.jspecify.annotations.Nullable;

/**
 * The rows of the target that no compared record belongs to.
 *
 * @param rows how many rows the target has; null if they were not counted
 * @param gone how many of them the Link has delivered and the source no longer has
 * @param leftOut how many the Link leaves out now
 * @param others how many belong to others
 */
public record TargetRowCounts(@Nullable Long rows, long gone, long leftOut, long others) {

	/** Rows were not counted. */
	public static final TargetRowCounts NOT_COUNTED = new TargetRowCounts(null, 0, 0, 0);

}
