package io.deltasync.scope;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is stored of scopes: who has them, how far they have come, and what failed.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.MARIADB, TestDatabase.MYSQL, TestDatabase.POSTGRESQL,
		TestDatabase.POSTGRESQL_OLDEST })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScopePagesIT {

	private static final long EVENT = 7;

	private static final RecordCounts FIVE = new RecordCounts(5, 4, 1, 1, 0, 0, 0, 0);

	@Parameter
	private TestDatabase database;

	private JdbcTemplate jdbc;

	private ScopePages pages;

	private ScopeProgress progress;

	private FailedScopes failed;

	private Warnings warnings;

	private EventCounts counts;

	@BeforeParameterizedClassInvocation
	void makeTables() {
		this.jdbc = new JdbcTemplate(this.database.dataSource(this.database.createSchema()));
		this.database.makeTables(this.jdbc);
		for (long event : List.of(EVENT, EVENT + 1)) {
			this.jdbc.update("INSERT INTO BATCH_JOB_INSTANCE (JOB_INSTANCE_ID) VALUES (?)", event);
		}
		this.pages = new ScopePages(this.jdbc, this.database.product());
		this.failed = new FailedScopes(this.jdbc);
		this.warnings = new Warnings(this.jdbc, this.database.product());
		this.counts = new EventCounts(this.jdbc);
		this.progress = new ScopeProgress(this.jdbc, this.failed, this.warnings);
	}

	@BeforeEach
	void begin() {
		for (long event : List.of(EVENT, EVENT + 1)) {
			this.pages.clear(event);
			this.counts.clear(event);
			this.warnings.forget(event, Scopes.ALL, Integer.MAX_VALUE);
		}
		// of another run, which none of this is about
		Plan other = this.pages.append(EVENT + 1, Plan.NONE, List.of("other"), 1);
		assertThat(other.nextPage()).isEqualTo(1);
		fail(this.pages.claim(EVENT + 1, holder("lane")).orElseThrow(), 0);
		this.warnings.setDeletes(EVENT + 1, "another warning");
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
		plan = this.failed.requeue(EVENT, plan, requeued::addAll);
		assertThat(requeued).isNotEmpty().contains(31L);
		assertThat(plan.nextOrdinal()).isEqualTo(20);
		assertThat(this.jdbc.queryForList("SELECT PAGE FROM SYNC_SCOPE_PAGE WHERE JOB_INSTANCE_ID = ? ORDER BY PAGE",
				Integer.class, EVENT))
			.isEqualTo(IntStream.range(0, plan.nextPage()).boxed().toList());
	}

	@Test
	void laneContinuesTheScopeThatItHadBegun() {
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
		assertThat(this.progress.save(progress, suspended)).isFalse();
		this.pages.release(EVENT);
		assertThat(this.progress.save(progress, suspended)).isFalse();
		assertThat(this.progress.find(EVENT).records()).isEqualTo(RecordCounts.NONE);
		assertThat(this.warnings.find(EVENT, 1)).isEmpty();
		assertThat(this.pages.claim(EVENT, next)).contains(page);
		assertThat(this.progress.save(progress, next)).isTrue();
		assertThat(this.progress.find(EVENT).records().fetched()).isEqualTo(10);
	}

	@Test
	void scopesBegunInAnEndedAttemptStartAgainInAnyLane() {
		append(Plan.NONE, 10);
		ScopePage begun = claim("a").orElseThrow();
		ScopePage untouched = claim("b").orElseThrow();
		save(new PageProgress(begun, 2, FIVE, FIVE, null, null, List.of(), List.of()));
		assertThat(this.progress.find(EVENT).records().fetched()).isEqualTo(10);

		assertThat(this.pages.release(EVENT)).containsExactlyInAnyOrder(begun.scopes().get(2).ordinal(),
				untouched.scopes().get(0).ordinal());

		assertThat(this.progress.find(EVENT).records()).as("what had not passed is not counted").isEqualTo(FIVE);
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
		Progress progress = this.progress.find(EVENT);
		assertThat(progress.scopes().failed()).isPositive();
		assertThat(progress.records().fetched()).isEqualTo(5 * progress.scopes().failed());

		plan = this.failed.requeue(EVENT, plan, (ordinals) -> {
		});

		Progress again = this.progress.find(EVENT);
		assertThat(again.scopes()).isEqualTo(new ScopeCounts(4, progress.scopes().done(), 0));
		assertThat(again.records()).isEqualTo(RecordCounts.NONE);
		assertThat(this.pages.hasUnclaimed(EVENT)).isTrue();
		assertThat(this.failed.find(EVENT, 10)).isEmpty();
		Plan same = plan;
		assertThat(this.failed.requeue(EVENT, plan, (ordinals) -> {
			throw new AssertionError(ordinals);
		})).isSameAs(same);
	}

	@Test
	void failuresAreReadInGroupsLimitedByTheirText() {
		fails("x".repeat(500_000), "x".repeat(500_000), "x", null, "x".repeat(1_000_001), "x");
		assertThat(failedAfter(FailedScopes.BEFORE_ALL)).as("a million characters").containsExactly(0L, 1L);
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
		this.warnings.setDeletes(EVENT, "to be replaced");
		this.warnings.setDeletes(EVENT, "of no scope");
		assertThat(this.warnings.find(EVENT, 3)).containsExactly("of no scope", "first", "second");
	}

	@Test
	void recordsThatBelongToNoScopeAreCountedWithTheOthersAndDeletionsApart() {
		append(Plan.NONE, 1);
		save(new PageProgress(claim("a").orElseThrow(), 1, FIVE, RecordCounts.NONE, null, null, List.of(), List.of()));
		this.counts.addRetried(EVENT, RecordCounts.NONE);
		this.counts.addRetried(EVENT, new RecordCounts(0, 1, 0, -1, 0, 0, 0, 0));
		this.counts.addRetried(EVENT, new RecordCounts(1, 1, 0, 0, 0, 0, 0, 0));
		this.counts.addDeleted(EVENT, new RecordCounts(3, 1, 0, 2, 0, 0, 0, 1));
		this.counts.addRetried(EVENT + 1, FIVE);

		Progress progress = this.progress.find(EVENT);

		assertThat(progress.records()).isEqualTo(new RecordCounts(6, 6, 1, 0, 0, 0, 0, 0));
		assertThat(progress.deletions()).isEqualTo(new RecordCounts(3, 1, 0, 2, 0, 0, 0, 1));
		this.counts.deleteAgain(EVENT);
		assertThat(this.progress.find(EVENT).deletions()).isEqualTo(new RecordCounts(1, 1, 0, 0, 0, 0, 0, 0));
		assertThat(this.progress.find(EVENT).records()).as("retried ones stay").isEqualTo(progress.records());
		this.counts.clear(EVENT);
		assertThat(this.progress.find(EVENT).records()).isEqualTo(FIVE);
		assertThat(this.progress.find(EVENT).deletions()).isEqualTo(RecordCounts.NONE);
	}

	@Test
	void reasonsOfScopesAndOfRetriedRejectsAreAddedUp() {
		IgnoredReasons ignored = new IgnoredReasons(this.jdbc, this.database.product());
		ignored.save(EVENT, Map.of(0L, Map.of("old", 2L), 1L, Map.of("old", 1L, "bad", 3L)));
		ignored.addRetried(EVENT, "bad");
		ignored.addRetried(EVENT, "bad");
		assertThat(ignored.find(EVENT, 9, 5)).containsExactly(new IgnoredReason("bad", 5), new IgnoredReason("old", 3),
				new IgnoredReason(IgnoredReasons.OTHER, 1));
		assertThat(ignored.forget(EVENT, new Scopes(List.of(1L)), 10)).isEqualTo(2);
		assertThat(ignored.find(EVENT, 4, 1)).as("the most frequent")
			.containsExactly(new IgnoredReason("bad", 2), new IgnoredReason(IgnoredReasons.OTHER, 2));
		assertThat(ignored.forget(EVENT, Scopes.ALL, 1)).isOne();
		assertThat(ignored.forget(EVENT, Scopes.ALL, 10)).as("of scopes and of none").isOne();
		assertThat(ignored.forget(EVENT, Scopes.ALL, 10)).isZero();
	}

	@Test
	void warningsOfNoScopeGoOnlyWithAllScopes() {
		append(Plan.NONE, 2);
		save(new PageProgress(claim("a").orElseThrow(), 1, FIVE, RecordCounts.NONE, null, null, List.of(),
				List.of(new ScopeWarning(0, "first"))));
		this.warnings.add(EVENT, List.of("one", "two"));
		this.warnings.setDeletes(EVENT, "missing");
		assertThat(this.warnings.count(EVENT)).isEqualTo(4);
		assertThat(this.warnings.forget(EVENT, new Scopes(List.of(0L)), 10)).isOne();
		assertThat(this.warnings.find(EVENT, 10)).containsExactly("one", "two", "missing");
		assertThat(this.warnings.forget(EVENT, Scopes.ALL, 2)).isEqualTo(2);
		assertThat(this.warnings.count(EVENT)).isOne();
	}

	@Test
	void messagesAreCutToWhatIsStored() {
		append(Plan.NONE, 2);
		ScopePage page = claim("a").orElseThrow();
		List<ScopeFailure> failures = List.of(
				new ScopeFailure(new ScopeEntry(0, "0"), "m".repeat(2000), RecordCounts.NONE),
				new ScopeFailure(new ScopeEntry(1, "1"), "m".repeat(2001), RecordCounts.NONE));
		save(new PageProgress(page, 1, RecordCounts.NONE, RecordCounts.NONE, null, null, failures, List.of()));
		assertThat(this.failed.find(EVENT, 10)).extracting(ScopeFailure::message)
			.containsExactly("m".repeat(2000), "m".repeat(1999) + "…");
	}

	@Test
	void cursorIsThatOfTheHighestOrdinalWhenLanesEndInAnyOrder() {
		append(Plan.NONE, 10);
		assertThat(this.progress.cursor(EVENT)).isNull();
		ScopePage first = claim("a").orElseThrow();
		ScopePage second = claim("b").orElseThrow();
		cursor(second, 1, second.scopes().get(0).ordinal(), "later");
		cursor(first, 1, 0L, "earlier");
		cursor(second, 2, null, null);
		assertThat(this.progress.cursor(EVENT)).isEqualTo("later");
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
		assertThat(this.progress.save(progress, holder(holder.substring(0, holder.indexOf('@'))))).isTrue();
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
		return this.failed.after(EVENT, ordinal).stream().map(ScopeEntry::ordinal).toList();
	}

}
