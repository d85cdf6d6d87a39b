package io.deltasync.testkit;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.api.ConfigurableAdapter;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Every execution context has an instance of its own, with the options.
 */
class AdapterKitInstancesTests {

	@Test
	void supplierThatMakesTheSameInstanceTwiceIsRefused() {
		Pages single = new Pages();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> AdapterKit.of(() -> single).run())
			.withMessageContaining("same instance of " + Pages.class.getName() + " twice")
			.withMessageContaining("MyAdapter::new");
	}

	@Test
	void supplierThatMakesNullIsRefused() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> AdapterKit.of(() -> null).run())
			.withMessageContaining("made null");
	}

	@Test
	void eachContextHasItsInstance() {
		List<Pages> made = new ArrayList<>();
		AdapterKit.of(() -> {
			Pages pages = new Pages();
			made.add(pages);
			return pages;
		}).run();
		// one to plan, three to fetch forward, three backward
		assertThat(made).hasSize(7);
	}

	@Test
	void eachInstanceIsConfigured() {
		AdapterRun run = AdapterKit.of(Prefixed::new).options(new Options("x")).run();
		assertThat(run.records()).extracting((record) -> record.get("id")).containsExactly("xa", "xb", "xc");
	}

	@Test
	void missingOptionsAreAskedFor() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> AdapterKit.of(Prefixed::new).run())
			.withMessageContaining(Prefixed.class.getName() + " takes options of " + Options.class.getName())
			.withMessageContaining("was given none; say options(new Options(…))");
	}

	@Test
	void optionsOfAnotherTypeAreRefused() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> AdapterKit.of(Prefixed::new).options("x").run())
			.withMessageContaining("was given a java.lang.String");
	}

	@Test
	void optionsThatNobodyTakesAreRefused() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> AdapterKit.of(Pages::new).options("x").run())
			.withMessageContaining("takes no options; let it implement ConfigurableAdapter");
	}

	@Test
	void optionsThatTheAdapterRefusesSayWhy() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> AdapterKit.of(Prefixed::new).options(new Options("")).run())
			.withMessageContaining("configure of source adapter " + Prefixed.class.getName())
			.withMessageContaining("the prefix is empty")
			.withCauseInstanceOf(IllegalArgumentException.class);
	}

	record Options(String prefix) {

	}

	static class Prefixed extends Pages implements ConfigurableAdapter<Options> {

		private @Nullable Options options;

		@Override
		public Class<Options> optionsType() {
			return Options.class;
		}

		@Override
		public void configure(Options options) {
			if (options.prefix().isEmpty()) {
				throw new IllegalArgumentException("the prefix is empty");
			}
			this.options = options;
		}

		@Override
		public @Nullable FetchStrategy planFetch(LinkContext context) throws Exception {
			assertThat(this.options).isNotNull();
			return super.planFetch(context);
		}

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) {
			return List.of(record(this.options.prefix() + scope));
		}

	}

}
