package io.deltasync.scope;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.deltasync.schema.Product;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import static org.assertj.core.api.Assertions.assertThat;

class NewPagesTests {

	private static final long EVENT = 1;

	private static final Plan FINISHED = new Plan(Strategy.SCOPES, true, null, 0, 0, null, 1, null, null, null,
			List.of());

	private final String schema = TestDatabase.H2.createSchema();

	private final List<Integer> sent = new ArrayList<>();

	private JdbcTemplate jdbc;

	private ScopePages stored;

	@BeforeEach
	void tables() {
		DataSource dataSource = TestDatabase.H2.dataSource(this.schema);
		new ResourceDatabasePopulator(new ClassPathResource("org/springframework/batch/core/schema-h2.sql"),
				new ClassPathResource("io/deltasync/db/migration/h2/V2__sync_events.sql"))
			.execute(dataSource);
		this.jdbc = new JdbcTemplate(dataSource) {
			@Override
			public int[] batchUpdate(String sql, List<Object[]> rows) {
				NewPagesTests.this.sent.add(rows.stream().mapToInt((row) -> ((String) row[2]).length()).sum());
				return super.batchUpdate(sql, rows);
			}
		};
		this.jdbc.update("INSERT INTO BATCH_JOB_INSTANCE (JOB_INSTANCE_ID, JOB_NAME, JOB_KEY) VALUES (?, 'job', 'key')",
				EVENT);
		this.stored = new ScopePages(this.jdbc, Product.H2);
	}

	@AfterEach
	void drop() {
		TestDatabase.H2.dropSchema(this.schema);
	}

	@Test
	void scopesComeBackInOrderInPagesThatShrinkSoThatLanesEndTogether() {
		List<String> scopes = IntStream.range(0, 10_000).mapToObj(String::valueOf).toList();

		Plan plan = this.stored.append(EVENT, FINISHED, scopes, 4);

		List<ScopePage> pages = claimAll();
		assertThat(plan.nextOrdinal()).isEqualTo(10_000);
		assertThat(plan.nextPage()).isEqualTo(pages.size()).isLessThan(60);
		assertThat(pages.stream().flatMap((page) -> page.scopes().stream()).map(ScopeEntry::text).toList())
			.isEqualTo(scopes);
		assertThat(pages.stream().flatMap((page) -> page.scopes().stream()).map(ScopeEntry::ordinal).toList())
			.isEqualTo(LongStream.range(0, 10_000).boxed().toList());
		List<Integer> sizes = pages.stream().map((page) -> page.scopes().size()).toList();
		assertThat(sizes).startsWith(1111).isSortedAccordingTo(Comparator.reverseOrder());
		assertThat(sizes.subList(sizes.size() - 8, sizes.size() - 1)).as("two percent of a lane's share")
			.containsOnly(50);
	}

	@Test
	void lastPagesOfFewScopesHoldOneEach() {
		List<String> scopes = IntStream.range(0, 100).mapToObj(String::valueOf).toList();

		this.stored.append(EVENT, FINISHED, scopes, 4);

		List<Integer> sizes = claimAll().stream().map((page) -> page.scopes().size()).toList();
		assertThat(sizes).startsWith(11);
		assertThat(sizes.subList(sizes.size() - 8, sizes.size())).containsOnly(1);
	}

	@Test
	void pagesThatOthersFollowAtOnceStayLarge() {
		List<String> scopes = IntStream.range(0, 1_000).mapToObj(String::valueOf).toList();

		this.stored.append(EVENT, Plan.NONE, scopes, 4);

		assertThat(claimAll()).hasSize(8).allMatch((page) -> page.scopes().size() == 125);
	}

	@Test
	void fewScopesGetAPageEachSoThatNoLaneIsIdle() {
		this.stored.append(EVENT, FINISHED, List.of("a", "b", "c"), 4);

		assertThat(claimAll()).hasSize(3);
	}

	@Test
	void ordinalsAndPagesGoOnWhereThePlanWas() {
		Plan first = this.stored.append(EVENT, Plan.NONE, List.of("a", "b", "c"), 1);

		Plan second = this.stored.append(EVENT, first, List.of("d"), 1);

		assertThat(second.nextOrdinal()).isEqualTo(4);
		assertThat(second.nextPage()).isEqualTo(4);
		assertThat(claimAll()).last().satisfies((page) -> {
			assertThat(page.page()).isEqualTo(3);
			assertThat(page.scopes()).containsExactly(new ScopeEntry(3, "d"));
		});
	}

	@Test
	void noScopesAreNoPage() {
		assertThat(this.stored.append(EVENT, Plan.NONE, List.of(), 10)).isEqualTo(Plan.NONE);
		assertThat(claimAll()).isEmpty();
	}

	@Test
	void aPageHoldsNoMoreTextThanAMillionCharactersUnlessOneScopeDoes() {
		String large = "x".repeat(400_000);
		String huge = "x".repeat(1_200_000);
		List<String> scopes = List.of(large, large, large, huge, large, "", "", "", "", "", "");

		this.stored.append(EVENT, Plan.NONE, scopes, 1);

		assertThat(claimAll())
			.extracting((page) -> page.scopes().stream().map((scope) -> scope.text().length()).toList())
			.containsExactly(List.of(400_000, 400_000), List.of(400_000), List.of(1_200_000),
					List.of(400_000, 0, 0, 0, 0), List.of(0, 0));
	}

	@Test
	void neverKeepsMoreThanHalfAMillionCharactersBeforeItSendsThem() {
		List<String> scopes = IntStream.range(0, 10_000).mapToObj((scope) -> "x".repeat(1_000)).toList();

		this.stored.append(EVENT, Plan.NONE, scopes, 50);

		assertThat(this.sent).hasSizeGreaterThan(20).allMatch((size) -> size <= 500_000);
		assertThat(claimAll()).hasSize(100);
	}

	private List<ScopePage> claimAll() {
		return Stream.generate(() -> this.stored.claim(EVENT, new LaneHolder("lane", 1)))
			.takeWhile(Optional::isPresent)
			.map(Optional::get)
			.toList();
	}

}
