package io.deltasync.scope;

import java.util.List;

/**
 * A page of scopes as a lane claimed it.
 *
 * @param event the Sync Event
 * @param page the page's number within the event
 * @param scopes all its scopes
 * @param passed how many of them, from the first on, are already done or failed
 */
public record ScopePage(long event, int page, List<ScopeEntry> scopes, int passed) {

}
