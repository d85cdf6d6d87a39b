package io.deltasync.reject;

/**
 * How many rejects that a run met cannot be replayed, though they wait to be delivered.
 *
 * @param notRestorable how many cannot be made again from what is stored
 * @param uncertain of how many a newer version may have been delivered
 */
public record LeftOut(long notRestorable, long uncertain) {

}
