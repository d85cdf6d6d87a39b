package io.deltasync.scope;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The progress of a page since its progress was last stored.
 *
 * @param page the page
 * @param passed how many of its scopes, counted from the first, are done or failed now
 * @param closed the counts of the scopes that have passed since
 * @param open the counts to date of the scope that has started but not passed
 * @param cursorOrdinal the ordinal of the last passed scope that set a cursor, or null
 * @param cursor this cursor, or null
 * @param failures the passed scopes that failed
 * @param warnings the warnings of the passed scopes
 */
public record PageProgress(ScopePage page, int passed, RecordCounts closed, RecordCounts open,
		@Nullable Long cursorOrdinal, @Nullable String cursor, List<ScopeFailure> failures,
		List<ScopeWarning> warnings) {

}
