package io.deltasync.scope;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of scopes as a lane claimed it.
 *
 * @param event the Sync Event
 * @param page the page's number within the event
 * @param scopes all its scopes
 * @param passed how many of them, counted from the first, are already done or failed
 */
public record ScopePage(long event, int page, List<ScopeEntry> scopes, int passed) {

	/**
	 * Compares events and page numbers only, because comparing hundreds of scopes each
	 * time would be slow.
	 */
	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ScopePage that && this.event == that.event && this.page == that.page;
	}

	@Override
	public int hashCode() {
		return Long.hashCode(31 * this.event + this.page);
	}

}
