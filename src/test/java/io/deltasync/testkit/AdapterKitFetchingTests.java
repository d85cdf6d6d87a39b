package io.deltasync.testkit;

import java.net.ConnectException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

import io.deltasync.api.ChainFetchAdapter;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapter;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Fetching by the contract: what breaks it is an error, what fails a scope is told.
 */
class AdapterKitFetchingTests {

	@Test
	void nullResult() {
		fails(() -> fetching((scope) -> null)).withMessageContaining("fetchRecords of source adapter")
			.withMessageContaining("returned null; return an empty list");
	}

	@Test
	void nullRecord() {
		fails(() -> fetching((scope) -> Arrays.asList(Pages.record(1), null)))
			.withMessageContaining("fetchRecords of source adapter")
			.withMessageContaining("returned a record that is null; leave out");
	}

	@Test
	void sourceThatIsNotThere() {
		fails(() -> fetching((scope) -> {
			throw new ConnectException("refused");
		})).withMessageContaining("fetchRecords of source adapter")
			.withMessageContaining("the source is not available: java.net.ConnectException: refused");
	}

	@Test
	void failedScopeIsToldAndTheOthersAreFetched() {
		AdapterRun run = AdapterKit.of(() -> fetching((scope) -> {
			if (scope.equals("b")) {
				throw new IllegalStateException("b is locked");
			}
			return List.of(Pages.record(scope));
		})).run();
		assertThat(run.failures()).singleElement().satisfies((failure) -> {
			assertThat(failure.scope()).isEqualTo("b");
			assertThat(failure.cause()).hasMessage("b is locked");
		});
		assertThat(run.records()).extracting((record) -> record.get("id")).containsExactly("a", "c");
		assertThat(run.isSuccessful()).isFalse();
	}

	@Test
	void recordsBeforeTheFailureWereDelivered() {
		AdapterRun run = AdapterKit
			.of(() -> fetching((scope) -> () -> List.<Supplier<RecordInFlight>>of(() -> Pages.record(scope), () -> {
				throw new IllegalStateException("page ends early");
			}).stream().map(Supplier::get).iterator()))
			.run();
		assertThat(run.failures()).hasSize(3);
		assertThat(run.records()).hasSize(3);
	}

	@Test
	void resultIsConsumedOnceAndClosed() {
		List<Once> results = new ArrayList<>();
		AdapterKit.of(() -> fetching((scope) -> {
			Once result = new Once();
			results.add(result);
			return result;
		})).run();
		assertThat(results).hasSize(7).allSatisfy((result) -> {
			assertThat(result.iterated).isEqualTo(1);
			assertThat(result.closed).isEqualTo(1);
		});
	}

	@Test
	void instancesAreClosedOnceEachWhateverHappensInARun() {
		assertClosedOnceEach(null, null);
		assertClosedOnceEach(new IllegalStateException("no plan"), null);
		assertClosedOnceEach(null, new IllegalStateException("the socket is gone"));
	}

	private static void assertClosedOnceEach(@Nullable RuntimeException planning, @Nullable RuntimeException closing) {
		List<Object> made = new ArrayList<>();
		List<Object> closed = new ArrayList<>();
		class Closing extends Pages implements AutoCloseable {

			Closing() {
				made.add(this);
			}

			@Override
			public @Nullable FetchStrategy planFetch(LinkContext context) throws Exception {
				if (planning != null) {
					throw planning;
				}
				return super.planFetch(context);
			}

			@Override
			public void close() {
				closed.add(this);
				if (closing != null) {
					throw closing;
				}
			}

		}
		AdapterKit kit = AdapterKit.of(Closing::new);
		if (planning == null && closing == null) {
			kit.run();
		}
		else {
			assertThatExceptionOfType(AssertionError.class).isThrownBy(kit::run);
		}
		assertThat(made).isNotEmpty();
		assertThat(closed).containsExactlyInAnyOrderElementsOf(made);
	}

	@Test
	void eachScopeIsFetchedAgainBackwardAndByItsPlanner() {
		List<Object> fetched = new ArrayList<>();
		AdapterKit.of(() -> fetching((scope) -> {
			fetched.add(scope);
			return List.of();
		})).run();
		assertThat(fetched).containsExactly("a", "b", "c", "c", "b", "a", "a");
	}

	@Test
	void eachScopeIsFetchedOnceOnRequest() {
		List<Object> fetched = new ArrayList<>();
		AdapterKit.of(() -> fetching((scope) -> {
			fetched.add(scope);
			return List.of();
		})).fetchOnce().run();
		assertThat(fetched).containsExactly("a", "b", "c");
	}

	@Test
	void scopeThatOnlyThePlanningInstanceCanRead() {
		fails(Keyed::new).withMessageContaining("fetchRecords: source adapter " + Keyed.class.getName())
			.withMessageContaining("cannot read back the stored scope")
			.withMessageContaining("no key yet");
	}

	@Test
	void endlessChain() {
		fails(EndlessChain::new)
			.withMessageContaining("the chain has not ended after 1,000 scopes: getNextScope of source adapter "
					+ EndlessChain.class.getName())
			.withMessageContaining("return null after the last");
	}

	@Test
	void chainedScopeThatDoesNotSurvive() {
		fails(() -> new EndlessChain() {

			@Override
			public Object getNextScope() {
				return new Thread();
			}

		}).withMessageContaining("java.lang.Thread, cannot be stored");
	}

	static SourceAdapter fetching(Fetching fetching) {
		return new Pages() {

			@Override
			public @Nullable Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope)
					throws Exception {
				return fetching.fetch(scope);
			}

		};
	}

	private static ThrowableAssertAlternative<AssertionError> fails(Supplier<SourceAdapter> adapter) {
		return assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> AdapterKit.of(adapter).run());
	}

	interface Fetching {

		@Nullable Iterable<RecordInFlight> fetch(Object scope) throws Exception;

	}

	static class Once implements Iterable<RecordInFlight>, AutoCloseable {

		private int iterated;

		private int closed;

		@Override
		public Iterator<RecordInFlight> iterator() {
			this.iterated++;
			return List.of(Pages.record(1)).iterator();
		}

		@Override
		public void close() {
			this.closed++;
		}

	}

	static class Keyed extends MorePages {

		private @Nullable String key;

		@Override
		public FetchStrategy planFetchAgain(LinkContext context, @Nullable Object scope) {
			this.key = "k";
			return FetchStrategy.scopes(List.of("a"));
		}

		@Override
		public Object deserializeScope(String text) {
			if (this.key == null) {
				throw new IllegalStateException("no key yet");
			}
			return text;
		}

	}

	static class EndlessChain extends Pages implements ChainFetchAdapter {

		private int page;

		@Override
		public FetchStrategy planFetch(LinkContext context) {
			return FetchStrategy.immediate();
		}

		@Override
		public Object getNextScope() {
			// on a fresh instance this is always the second page
			return ++this.page;
		}

	}

}
