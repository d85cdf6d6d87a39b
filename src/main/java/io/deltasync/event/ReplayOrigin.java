package io.deltasync.event;

/**
 * What a replay is to bring again. Decided once, when it is started: no other run begins
 * before it has ended for good.
 *
 * @param event the Sync Event that is replayed
 * @param full whether that one, or the first in a row of replays, was a full run
 * @param window from where on it fetched
 * @param scopes whether the scopes that failed are fetched again
 */
public record ReplayOrigin(long event, boolean full, Watermark window, boolean scopes) {

}
