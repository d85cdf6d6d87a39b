package io.deltasync.run.lane;

import java.util.List;

import io.deltasync.api.RunContext;
import io.deltasync.run.deliver.BatchRecord;
import io.deltasync.run.deliver.OpenScope;
import io.deltasync.scope.PageProgress;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeEntry;
import io.deltasync.scope.ScopePage;
import io.deltasync.scope.ScopeWarning;
import io.deltasync.testing.Script;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a lane stores of the scopes it has begun.
 */
class LaneProgressTests {

	private final ScopePage page = new ScopePage(1, 0,
			List.of(new ScopeEntry(10, "a"), new ScopeEntry(11, "b"), new ScopeEntry(12, "c")), 0);

	@Test
	void scopeThatIsNotAtItsEndDoesNotPassAndIsCountedApart() {
		OpenScope first = scope(0, 3);
		first.end(reported("x"));
		OpenScope second = scope(1, 2);
		PageProgress progress = progress(first, second);
		assertThat(progress.passed()).isEqualTo(1);
		assertThat(progress.closed()).isEqualTo(new RecordCounts(3, 3, 0, 0, 0, 0, 0, 0));
		assertThat(progress.open()).isEqualTo(new RecordCounts(2, 2, 0, 0, 0, 0, 0, 0));
		assertThat(progress.cursor()).isEqualTo("x");
		assertThat(progress.cursorOrdinal()).isEqualTo(10);
	}

	@Test
	void openScopeOfALaterStoreKeepsWhatPassedBefore() {
		PageProgress progress = progress(scope(2, 5));
		assertThat(progress.passed()).isEqualTo(2);
		assertThat(progress.closed()).isEqualTo(RecordCounts.NONE);
	}

	@Test
	void failedScopePassesAndItsCursorDoesNotCount() {
		OpenScope first = scope(0, 1);
		first.end(reported("x"));
		OpenScope second = scope(1, 4);
		second.fail("broken", new RunContext());
		PageProgress progress = progress(first, second);
		assertThat(progress.passed()).isEqualTo(2);
		assertThat(progress.cursor()).isEqualTo("x");
		assertThat(progress.failures()).singleElement().satisfies((failure) -> {
			assertThat(failure.scope().ordinal()).isEqualTo(11);
			assertThat(failure.message()).isEqualTo("broken");
			assertThat(failure.delivered().fetched()).isEqualTo(4);
		});
	}

	@Test
	void eachPageIsStoredByItself() {
		ScopePage other = new ScopePage(1, 1, List.of(new ScopeEntry(13, "d")), 0);
		OpenScope first = scope(2, 1);
		first.end(reported(null));
		OpenScope second = new OpenScope(other, 0);
		second.end(reported(null));
		List<PageProgress> progress = LaneProgress.of(List.of(first, second));
		assertThat(progress).extracting((page) -> page.page().page()).containsExactly(0, 1);
		assertThat(progress).extracting(PageProgress::passed).containsExactly(3, 1);
	}

	@Test
	void warningsAreStoredWithTheScopeThatTheyAreOf() {
		OpenScope first = scope(0, 1);
		first.end(reported(null, "odd"));
		OpenScope second = scope(1, 1);
		second.end(reported(null, "old", "slow"));
		assertThat(progress(first, second).warnings()).containsExactly(new ScopeWarning(10, "odd"),
				new ScopeWarning(11, "old"), new ScopeWarning(11, "slow"));
	}

	private OpenScope scope(int position, int records) {
		OpenScope scope = new OpenScope(this.page, position);
		Script.records(0, records).forEach((record) -> scope.count(new BatchRecord(record, scope)));
		return scope;
	}

	private static PageProgress progress(OpenScope... scopes) {
		return LaneProgress.of(List.of(scopes)).get(0);
	}

	private static RunContext reported(@Nullable String cursor, String... warnings) {
		RunContext reported = new RunContext();
		if (cursor != null) {
			reported.setCursor(cursor);
		}
		List.of(warnings).forEach(reported::addWarning);
		return reported;
	}

}
