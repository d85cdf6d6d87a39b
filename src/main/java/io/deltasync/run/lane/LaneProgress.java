package io.deltasync.run.lane;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.deltasync.run.deliver.OpenScope;
import io.deltasync.scope.PageProgress;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeFailure;
import io.deltasync.scope.ScopePage;
import io.deltasync.scope.ScopeWarning;
import org.jspecify.annotations.Nullable;

/**
 * Computes the progress to store, page by page, from the scopes that a lane has opened.
 */
final class LaneProgress {

	private LaneProgress() {
	}

	/**
	 * Computes the progress of each page.
	 * @param scopes the scopes whose end is not stored, in the order they were opened;
	 * all of their fetched records are delivered
	 * @return the progress to store
	 */
	static List<PageProgress> of(List<OpenScope> scopes) {
		Map<ScopePage, List<OpenScope>> byPage = new LinkedHashMap<>();
		scopes.forEach((scope) -> byPage.computeIfAbsent(scope.page(), (page) -> new ArrayList<>()).add(scope));
		return byPage.values().stream().map(LaneProgress::ofPage).toList();
	}

	private static PageProgress ofPage(Collection<OpenScope> scopes) {
		ScopePage page = scopes.iterator().next().page();
		int passed = scopes.iterator().next().position();
		RecordCounts closed = RecordCounts.NONE;
		RecordCounts open = RecordCounts.NONE;
		@Nullable Long cursorOrdinal = null;
		@Nullable String cursor = null;
		List<ScopeFailure> failures = new ArrayList<>();
		List<ScopeWarning> warnings = new ArrayList<>();
		for (OpenScope scope : scopes) {
			if (!scope.isAtEnd()) {
				open = scope.counts();
				continue;
			}
			passed = scope.position() + 1;
			closed = closed.plus(scope.counts());
			scope.warnings().forEach((message) -> warnings.add(new ScopeWarning(scope.entry().ordinal(), message)));
			String failure = scope.failure();
			if (failure != null) {
				failures.add(new ScopeFailure(scope.entry(), failure, scope.counts()));
			}
			else if (scope.cursor() != null) {
				cursorOrdinal = scope.entry().ordinal();
				cursor = scope.cursor();
			}
		}
		return new PageProgress(page, passed, closed, open, cursorOrdinal, cursor, failures, warnings);
	}

}
