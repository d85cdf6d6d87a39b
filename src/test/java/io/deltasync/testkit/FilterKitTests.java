package io.deltasync.testkit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordFilter;
import io.deltasync.api.RecordInFlight;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the kit makes of a sound filter, and which fault of a filter each check finds.
 */
class FilterKitTests {

	private static final List<String> NAMES = List.of("ada", "bob", "cy", "dee", "eve");

	@Test
	void soundFilterHasAllOutcomes() {
		FilterRun run = FilterKit.of(Sound::new).run(records());

		assertThat(run.isValid()).isTrue();
		assertThat(run.kept()).extracting((record) -> record.get("name")).containsExactly("ADA", "EVE");
		assertThat(run.dropped()).extracting((record) -> record.getOriginal("name")).containsExactly("bob");
		assertThat(run.ignored()).extracting(RecordInFlight::ignoreReason).containsExactly("short");
		assertThat(run.failed()).singleElement()
			.satisfies((record) -> assertThat(record.errors().get(0)).contains("no dee"));
	}

	@Test
	void recordsOfTheTestAreNotChanged() {
		List<RecordInFlight> records = records();

		FilterKit.of(Sound::new).run(records);

		assertThat(records).extracting((record) -> record.get("name")).containsExactlyElementsOf(NAMES);
		assertThat(records).noneMatch(RecordInFlight::isFailed);
	}

	@Test
	void filterThatIsNotValidKeepsAll() {
		FilterRun run = FilterKit.of(() -> new Sound() {
			@Override
			public boolean validFor(LinkContext context) {
				return !context.linkName().equals("other");
			}
		}).context(LinkContext.builder().linkName("other").build()).run(records());

		assertThat(run.isValid()).isFalse();
		assertThat(run.kept()).hasSize(5);
	}

	@Test
	void filterThatAddsRecordsIsFound() {
		assertFault(() -> (context, records) -> records.add(new RecordInFlight(Map.of())), "process", "added a record");
	}

	@Test
	void filterThatRemembersWhatItSawIsFound() {
		assertFault(() -> {
			Set<Object> seen = new HashSet<>();
			return (context, records) -> records.removeIf((record) -> !seen.add(record.get("id")));
		}, "gives other results when it is given the same records again");
	}

	@Test
	void filterThatChangesValuesThemselvesIsFound() {
		List<RecordInFlight> records = List.of(new RecordInFlight(Map.of("tags", new ArrayList<>(List.of("a")))));
		FilterKit kit = FilterKit.of(() -> (context, batch) -> batch.forEach((record) -> {
			@SuppressWarnings("unchecked")
			List<String> tags = (List<String>) record.get("tags");
			tags.add("b");
			record.set("count", tags.size());
		}));

		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> kit.run(records))
			.withMessageContaining("change values with RecordInFlight.set alone");
	}

	@Test
	void filterThatDependsOnTheBatchIsFoundUnlessItMay() {
		assertFault(Total::new, "when it is given the records one by one", "dependsOnBatch()");
		assertThat(FilterKit.of(Total::new).dependsOnBatch().run(records()).kept())
			.allMatch((record) -> record.get("total").equals(5));
	}

	@Test
	void filterThatCannotSayWhetherItIsValidIsFound() {
		assertFault(() -> new Sound() {
			@Override
			public boolean validFor(LinkContext context) {
				throw new IllegalStateException("no table");
			}
		}, "validFor of filter", "which aborts the run", "no table");
	}

	@Test
	void filterThatCannotBeClosedIsFound() {
		assertFault(Unclosable::new, "close of filter " + Unclosable.class.getName(), "still open");
	}

	@Test
	void supplierThatMakesTheSameInstanceTwiceIsRefused() {
		Sound single = new Sound();
		assertFault(() -> single, "the supplier given to FilterKit.of made the same instance");
	}

	private static void assertFault(Supplier<RecordFilter> filters, String... messages) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> FilterKit.of(filters).run(records()))
			.withMessageContainingAll(messages);
	}

	private static List<RecordInFlight> records() {
		return NAMES.stream()
			.map((name) -> new RecordInFlight(new TreeMap<>(Map.of("id", NAMES.indexOf(name), "name", name)))
				.identifiedBy(List.of("id")))
			.toList();
	}

	static class Sound implements RecordFilter {

		@Override
		public void process(LinkContext context, List<RecordInFlight> records) {
			records.removeIf((record) -> record.get("name").equals("bob"));
			for (RecordInFlight record : records) {
				String name = (String) record.get("name");
				if (name.equals("dee")) {
					throw new IllegalArgumentException("no dee");
				}
				if (name.length() < 3) {
					record.ignore("short");
				}
				record.set("name", name.toUpperCase());
			}
		}

	}

	static class Total implements RecordFilter {

		@Override
		public void process(LinkContext context, List<RecordInFlight> records) {
			records.forEach((record) -> record.set("total", records.size()));
		}

	}

	static class Unclosable extends Sound implements AutoCloseable {

		@Override
		public void close() {
			throw new IllegalStateException("still open");
		}

	}

}
