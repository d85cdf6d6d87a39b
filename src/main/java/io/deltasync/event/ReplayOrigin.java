package io.deltasync.event;

/**
 * The run that a replay repeats. It is chosen once, when the replay is started, and no
 * other run starts before the replay has ended for good.
 *
 * @param event the Sync Event that is replayed
 * @param full whether this event was a full run; for a replay of a replay, whether the
 * first one in the row was
 * @param window from where on the event fetched
 * @param scopes whether its failed scopes are fetched again
 */
public record ReplayOrigin(long event, boolean full, Watermark window, boolean scopes) {

}
