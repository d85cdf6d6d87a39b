package io.deltasync.scope;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.deltasync.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is stored of scopes: who has them, how far they have come, and what failed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ScopePagesContract {

	private static final long EVENT = 7;

	private static final RecordCounts FIVE = new RecordCounts(5, 4, 1, 1, 0, 0, 0, 0);

	private final TestDatabase database;

	private JdbcTemplate jdbc;

	private ScopePages pages;

	ScopePagesContract(TestDatabase database) {
		this.database = database;
	}

	@BeforeAll
	void makeTables() {
		this.jdbc = new JdbcTemplate(this.database.dataSource(this.database.createSchema()));
		this.database.makeTables(this.jdbc);
		for (long event : List.of(EVENT, EVENT + 1)) {
			this.jdbc.update("INSERT INTO BATCH_JOB_INSTANCE (JOB_INSTANCE_ID) VALUES (?)", event);
		}
		this.pages = new ScopePages(this.jdbc);
	}

	@BeforeEach
	void begin() {
		this.pages.clear(EVENT);
		this.pages.clear(EVENT + 1);
		// of another run, which none of this is about
		Plan other = this.pages.append(EVENT + 1, Plan.NONE, List.of("other"), 1);
		assertThat(other.nextPage()).isEqualTo(1);
		fail(this.pages.claim(EVENT + 1, holder("lane")).orElseThrow(), 0);
		this.pages.warn(EVENT + 1, "another warning");
	}

	@Test
	void lanesGetAllScopesInOrderAndEachOnce() {
		append(Plan.NONE, 10);
		List<Long> claimed = new ArrayList<>();
		for (Optional<ScopePage> page = claim("a"); page.isPresent(); page = claim("b")) {
			assertThat(page.get().passed()).isZero();
			page.get().scopes().forEach((scope) -> {
				assertThat(scope.text()).isEqualTo("scope " + scope.ordinal());
				claimed.add(scope.ordinal());
			});
		}
		assertThat(claimed).containsExactlyElementsOf(LongStream.range(0, 10).boxed().toList());
		assertThat(this.pages.hasUnclaimed(EVENT)).isFalse();
	}

	@Test
	void pagesAreNumberedWithoutGapsHoweverTheyAreStored() {
		Plan plan = append(append(Plan.NONE, 10), 7);
		assertThat(plan.nextOrdinal()).isEqualTo(17);
		plan = this.pages.appendAgain(EVENT, plan,
				List.of(new ScopeEntry(20, "twenty"), new ScopeEntry(30, "thirty"), new ScopeEntry(31, "more")), 1);
		assertThat(plan.nextOrdinal()).as("how many there are").isEqualTo(20);
		for (Optional<ScopePage> page = claim("a"); page.isPresent(); page = claim("a")) {
			fail(page.get(), page.get().scopes().size() - 1);
		}
		List<Long> requeued = new ArrayList<>();
		plan = this.pages.requeueFailed(EVENT, plan, requeued::addAll);
		assertThat(requeued).isNotEmpty().contains(31L);
		assertThat(plan.nextOrdinal()).isEqualTo(20);
		assertThat(this.jdbc.queryForList("SELECT PAGE FROM SYNC_SCOPE_PAGE WHERE JOB_INSTANCE_ID = ? ORDER BY PAGE",
				Integer.class, EVENT))
			.isEqualTo(IntStream.range(0, plan.nextPage()).boxed().toList());
	}

	@Test
	void laneGoesOnWithWhatItHadBegun() {
		append(Plan.NONE, 10);
		ScopePage page = claim("a").orElseThrow();
		claim("b");
		assertThat(this.pages.takeOver(EVENT, holder("a"))).containsExactly(page);
		pass(page, 2);
		assertThat(this.pages.takeOver(EVENT, holder("a"))).singleElement().satisfies((same) -> {
			assertThat(same).isEqualTo(page);
			assertThat(same.passed()).isEqualTo(2);
			assertThat(same.scopes()).isEqualTo(page.scopes());
		});
		pass(page, page.scopes().size());
		assertThat(this.pages.takeOver(EVENT, holder("a"))).isEmpty();
		assertThat(this.pages.takeOver(EVENT, holder("c"))).isEmpty();
	}

	@Test
	void pageThatAnotherHasClaimedSinceIsNotChangedByItsFormerHolder() {
		append(Plan.NONE, 10);
		LaneHolder suspended = new LaneHolder("a", 1);
		LaneHolder next = new LaneHolder("a", 2);
		ScopePage page = this.pages.claim(EVENT, suspended).orElseThrow();
		PageProgress progress = new PageProgress(page, 2, FIVE, FIVE, null, null, List.of(),
				List.of(new ScopeWarning(0, "too late")));
		assertThat(this.pages.takeOver(EVENT, next)).containsExactly(page);
		assertThat(this.pages.save(progress, suspended)).isFalse();
		this.pages.release(EVENT);
		assertThat(this.pages.save(progress, suspended)).isFalse();
		assertThat(this.pages.progress(EVENT).records()).isEqualTo(RecordCounts.NONE);
		assertThat(this.pages.warnings(EVENT, 1)).isEmpty();
		assertThat(this.pages.claim(EVENT, next)).contains(page);
		assertThat(this.pages.save(progress, next)).isTrue();
		assertThat(this.pages.progress(EVENT).records().fetched()).isEqualTo(10);
	}

	@Test
	void whatLanesOfAnEndedAttemptHadBegunBeginsAgainInAnyLane() {
		append(Plan.NONE, 10);
		ScopePage begun = claim("a").orElseThrow();
		ScopePage untouched = claim("b").orElseThrow();
		save(new PageProgress(begun, 2, FIVE, FIVE, null, null, List.of(), List.of()));
		assertThat(this.pages.progress(EVENT).records().fetched()).isEqualTo(10);

		assertThat(this.pages.release(EVENT)).containsExactlyInAnyOrder(begun.scopes().get(2).ordinal(),
				untouched.scopes().get(0).ordinal());

		assertThat(this.pages.progress(EVENT).records()).as("what had not passed is not counted").isEqualTo(FIVE);
		assertThat(List.of(claim("c").orElseThrow(), claim("c").orElseThrow())).contains(begun, untouched);
		assertThat(this.pages.takeOver(EVENT, holder("a"))).isEmpty();
		pass(begun, begun.scopes().size());
		pass(untouched, untouched.scopes().size());
		assertThat(this.pages.release(EVENT)).as("what has passed").isEmpty();
	}

	@Test
	void scopesThatFailedAreFetchedAgainAndNotCountedTwice() {
		Plan plan = append(Plan.NONE, 4);
		for (Optional<ScopePage> page = claim("a"); page.isPresent(); page = claim("a")) {
			fail(page.get(), 0);
		}
		Progress progress = this.pages.progress(EVENT);
		assertThat(progress.scopes().failed()).isPositive();
		assertThat(progress.records().fetched()).isEqualTo(5 * progress.scopes().failed());

		plan = this.pages.requeueFailed(EVENT, plan, (ordinals) -> {
		});

		Progress again = this.pages.progress(EVENT);
		assertThat(again.scopes()).isEqualTo(new ScopeCounts(4, progress.scopes().done(), 0));
		assertThat(again.records()).isEqualTo(RecordCounts.NONE);
		assertThat(this.pages.hasUnclaimed(EVENT)).isTrue();
		assertThat(this.pages.failures(EVENT, 10)).isEmpty();
		Plan same = plan;
		assertThat(this.pages.requeueFailed(EVENT, plan, (ordinals) -> {
			throw new AssertionError(ordinals);
		})).isSameAs(same);
	}

	@Test
	void asManyFailuresAreReadTogetherAsAPageOfScopesMayHaveText() {
		fails("x".repeat(500_000), "x".repeat(500_000), "x", null, "x".repeat(1_000_001), "x");
		assertThat(failedAfter(ScopePages.BEFORE_ALL)).as("a million characters").containsExactly(0L, 1L);
		assertThat(failedAfter(1)).containsExactly(2L, 3L);
		assertThat(failedAfter(3)).as("more than may be, but alone").containsExactly(4L);
		assertThat(failedAfter(4)).containsExactly(5L);
		assertThat(failedAfter(5)).isEmpty();
	}

	@Test
	void firstScopeIsDoneWhenItHasPassedAndNotFailed() {
		append(Plan.NONE, 4);
		assertThat(this.pages.isFirstScopeDone(EVENT)).isFalse();
		ScopePage first = claim("a").orElseThrow();
		assertThat(this.pages.isFirstScopeDone(EVENT)).isFalse();
		pass(first, 1);
		assertThat(this.pages.isFirstScopeDone(EVENT)).isTrue();
	}

	@Test
	void firstScopeThatFailedIsNotDone() {
		append(Plan.NONE, 4);
		fail(claim("a").orElseThrow(), 0);
		assertThat(this.pages.isFirstScopeDone(EVENT)).isFalse();
	}

	@Test
	void firstWarningsAreListedByScopeAndThoseOfNoScopeBefore() {
		append(Plan.NONE, 10);
		ScopePage page = claim("a").orElseThrow();
		save(new PageProgress(page, 3, FIVE, RecordCounts.NONE, null, null, List.of(),
				List.of(new ScopeWarning(2, "third"), new ScopeWarning(0, "first"), new ScopeWarning(1, "second"))));
		this.pages.warn(EVENT, "to be replaced");
		this.pages.warn(EVENT, "of no scope");
		assertThat(this.pages.warnings(EVENT, 3)).containsExactly("of no scope", "first", "second");
	}

	@Test
	void messagesAreCutToWhatIsStored() {
		append(Plan.NONE, 2);
		ScopePage page = claim("a").orElseThrow();
		List<ScopeFailure> failures = List.of(
				new ScopeFailure(new ScopeEntry(0, "0"), "m".repeat(2000), RecordCounts.NONE),
				new ScopeFailure(new ScopeEntry(1, "1"), "m".repeat(2001), RecordCounts.NONE));
		save(new PageProgress(page, 1, RecordCounts.NONE, RecordCounts.NONE, null, null, failures, List.of()));
		assertThat(this.pages.failures(EVENT, 10)).extracting(ScopeFailure::message)
			.containsExactly("m".repeat(2000), "m".repeat(1999) + "…");
	}

	@Test
	void cursorIsThatOfTheHighestOrdinalWhenLanesEndInAnyOrder() {
		append(Plan.NONE, 10);
		assertThat(this.pages.cursor(EVENT)).isNull();
		ScopePage first = claim("a").orElseThrow();
		ScopePage second = claim("b").orElseThrow();
		cursor(second, 1, second.scopes().get(0).ordinal(), "later");
		cursor(first, 1, 0L, "earlier");
		cursor(second, 2, null, null);
		assertThat(this.pages.cursor(EVENT)).isEqualTo("later");
	}

	private Plan append(Plan plan, int count) {
		return this.pages.append(EVENT, plan,
				LongStream.range(plan.nextOrdinal(), plan.nextOrdinal() + count).mapToObj((i) -> "scope " + i).toList(),
				1);
	}

	private Optional<ScopePage> claim(String lane) {
		return this.pages.claim(EVENT, holder(lane));
	}

	private static LaneHolder holder(String lane) {
		return new LaneHolder(lane, 1);
	}

	/** Stores what has become of a page, by whoever holds it. */
	private void save(PageProgress progress) {
		String holder = this.jdbc.queryForObject(
				"SELECT LANE FROM SYNC_SCOPE_PAGE WHERE JOB_INSTANCE_ID = ? AND PAGE = ?", String.class,
				progress.page().event(), progress.page().page());
		assertThat(this.pages.save(progress, holder(holder.substring(0, holder.indexOf('@'))))).isTrue();
	}

	private void pass(ScopePage page, int passed) {
		cursor(page, passed, null, null);
	}

	private void cursor(ScopePage page, int passed, @Nullable Long ordinal, @Nullable String cursor) {
		save(new PageProgress(page, passed, RecordCounts.NONE, RecordCounts.NONE, ordinal, cursor, List.of(),
				List.of()));
	}

	/** Passes a page of which one scope failed, after some records. */
	private void fail(ScopePage page, int position) {
		save(new PageProgress(page, page.scopes().size(), FIVE, RecordCounts.NONE, null, null,
				List.of(new ScopeFailure(page.scopes().get(position), "no", FIVE)), List.of()));
	}

	private void fails(@Nullable String... scopes) {
		append(Plan.NONE, 1);
		ScopePage page = claim("a").orElseThrow();
		List<ScopeFailure> failures = IntStream.range(0, scopes.length)
			.mapToObj((i) -> new ScopeFailure(new ScopeEntry(i, scopes[i]), "no", RecordCounts.NONE))
			.toList();
		save(new PageProgress(page, 1, RecordCounts.NONE, RecordCounts.NONE, null, null, failures, List.of()));
	}

	private List<Long> failedAfter(long ordinal) {
		return this.pages.failedAfter(EVENT, ordinal).stream().map(ScopeEntry::ordinal).toList();
	}

}
