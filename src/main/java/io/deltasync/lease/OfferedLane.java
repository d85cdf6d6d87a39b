package io.deltasync.lease;

import org.jspecify.annotations.Nullable;

/**
 * A lane that waits for a worker, or is carried out by one.
 *
 * @param stepExecution the lane's step execution
 * @param lane the lane's name
 * @param held whether a worker carries it out now
 * @param problem why it cannot be carried out, in words that an operator understands;
 * null when nothing is wrong
 */
public record OfferedLane(long stepExecution, String lane, boolean held, @Nullable String problem) {

}
