package io.deltasync.testkit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.deltasync.api.ChainFetchAdapter;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapter;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * State that an adapter keeps from one execution context to another is noticed.
 */
class AdapterKitStateTests {

	private static final String ANOTHER_ORDER = "when scopes are fetched in another order";

	@Test
	void staticFieldThatFetchingAssigns() {
		fails(Counting::new).withMessageContaining("fetchRecords of source adapter " + Counting.class.getName())
			.withMessageContaining("static field 'page'");
	}

	@Test
	void sharedCounterThatPagesTheScopes() {
		AtomicInteger page = new AtomicInteger();
		fails(() -> AdapterKitFetchingTests.fetching((scope) -> List.of(Pages.record(page.incrementAndGet()))))
			.withMessageContaining("gives something else for scope \"c\" " + ANOTHER_ORDER)
			.withMessageContaining("the record {id=3} was there before, and now is not")
			.withMessageContaining("put what a scope needs into the scope")
			.withMessageContaining("fetchOnce()");
	}

	@Test
	void sharedSetThatDropsWhatWasSeen() {
		fails(Deduplicating::new).withMessageContaining(ANOTHER_ORDER)
			.withMessageContaining(
					"the number of records was 1 and now is 0; the record {id=c} was there before, and now is not");
	}

	@Test
	void sharedSetThatFailsWhatWasSeen() {
		Set<Object> seen = new HashSet<>();
		fails(() -> AdapterKitFetchingTests.fetching((scope) -> {
			if (!seen.add(scope)) {
				throw new IllegalStateException(scope + " was fetched already");
			}
			return List.of();
		})).withMessageContaining("it did not fail before, and now did").havingCause().withMessageContaining("already");
	}

	@Test
	void sharedMaximumThatBecomesTheCursor() {
		List<String> seen = new ArrayList<>();
		fails(() -> AdapterKitFetchingTests.fetching((scope) -> {
			seen.add((String) scope);
			RunContext.currentContext().setCursor(seen.stream().max(String::compareTo).orElseThrow());
			return List.of();
		})).withMessageContaining("scope \"b\" " + ANOTHER_ORDER).withMessageContaining("cursor was b, and now is c");
	}

	@Test
	void sharedCounterThatNamesTheNextScope() {
		AtomicInteger page = new AtomicInteger();
		fails(() -> new SharedChain(page)).withMessageContaining("getNextScope named null, and now 5");
	}

	@Test
	void fieldThatPlanningSetAndFetchingNeeds() {
		fails(Forgetful::new).withMessageContaining("fetchRecords of source adapter " + Forgetful.class.getName())
			.withMessageContaining("on the instance that planned it than on a fresh one")
			.withMessageContaining("it failed before (java.lang.NullPointerException")
			.withMessageContaining("put what they hold into the scope")
			.withCauseInstanceOf(NullPointerException.class);
	}

	@Test
	void fieldThatPlanningSetAndFetchingUses() {
		fails(Unfiltered::new).withMessageContaining("on the instance that planned it than on a fresh one")
			.withMessageContaining("the record {id=null a} was there before, and now is not");
	}

	@Test
	void fieldsOfOneContextAreItsOwn() {
		AdapterRun run = AdapterKit.of(() -> new Pages() {

			private final List<RecordInFlight> buffer = new ArrayList<>();

			@Override
			public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) {
				this.buffer.add(record(scope));
				return this.buffer;
			}

		}).run();
		assertThat(run.records()).hasSize(3);
	}

	@Test
	void equalScopesMayBeWrittenDifferently() {
		assertThat(AdapterKit.of(Salted::new).run().scopes()).containsExactly("b", "c");
	}

	@Test
	void finalStaticFieldsAreNobodysBusiness() {
		assertThat(AdapterKit.of(Caching::new).run().records()).hasSize(3);
	}

	private static ThrowableAssertAlternative<AssertionError> fails(Supplier<SourceAdapter> adapter) {
		return assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> AdapterKit.of(adapter).run());
	}

	static class Counting extends Pages {

		private static int page;

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) {
			return List.of(record(page++));
		}

	}

	static class Deduplicating extends Pages {

		private static final Set<Object> SEEN = new HashSet<>();

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) {
			return SEEN.add(scope) ? List.of(record(scope)) : List.of();
		}

	}

	static class Caching extends Pages {

		private static final Set<Object> CACHE = new HashSet<>();

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) {
			CACHE.add(scope);
			return List.of(record(scope));
		}

	}

	static class Salted extends MorePages implements ChainFetchAdapter {

		private @Nullable Object fetched;

		@Override
		public FetchStrategy planFetchAgain(LinkContext context, @Nullable Object scope) {
			return FetchStrategy.immediate();
		}

		@Override
		public @Nullable Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope)
				throws Exception {
			this.fetched = scope;
			return super.fetchRecords(context, scope);
		}

		@Override
		public @Nullable Object getNextScope() {
			return (this.fetched == null) ? "b" : this.fetched.equals("b") ? "c" : null;
		}

		@Override
		public String serializeScope(Object scope) {
			return UUID.randomUUID() + "#" + scope;
		}

		@Override
		public Object deserializeScope(String text) {
			return text.split("#")[1];
		}

	}

	static class SharedChain extends Pages implements ChainFetchAdapter {

		private final AtomicInteger page;

		SharedChain(AtomicInteger page) {
			this.page = page;
		}

		@Override
		public FetchStrategy planFetch(LinkContext context) {
			return FetchStrategy.immediate();
		}

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) {
			return List.of();
		}

		@Override
		public @Nullable Object getNextScope() {
			int next = this.page.incrementAndGet();
			return (next == 4) ? null : next;
		}

	}

	static class Forgetful extends Pages {

		@Nullable String requestId;

		@Override
		public @Nullable FetchStrategy planFetch(LinkContext context) throws Exception {
			this.requestId = "r";
			return super.planFetch(context);
		}

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) {
			return List.of(record(this.requestId.concat("/" + scope)));
		}

	}

	static class Unfiltered extends Forgetful {

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) {
			return List.of(record(this.requestId + " " + scope));
		}

	}

}
