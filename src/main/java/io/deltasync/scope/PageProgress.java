package io.deltasync.scope;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What has become of a page's scopes since its progress was last stored.
 *
 * @param page the page
 * @param passed how many of its scopes, from the first on, are done or failed now
 * @param closed the counts of the scopes that have passed since
 * @param open the counts so far of the scope that was begun and has not passed
 * @param cursorOrdinal the ordinal of the last passed scope that set a cursor, or null
 * @param cursor that cursor, or null
 * @param failures the scopes among the passed ones that failed
 * @param warnings what was warned of in the passed ones
 */
public record PageProgress(ScopePage page, int passed, RecordCounts closed, RecordCounts open,
		@Nullable Long cursorOrdinal, @Nullable String cursor, List<ScopeFailure> failures,
		List<ScopeWarning> warnings) {

}
