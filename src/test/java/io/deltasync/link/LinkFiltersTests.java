package io.deltasync.link;

import java.util.Map;

import io.deltasync.api.RecordFilter;
import io.deltasync.config.ConfigurationException;
import io.deltasync.config.YamlEnvironment;
import io.deltasync.link.AdaptersForTests.PatternFilter;
import io.deltasync.link.AdaptersForTests.PatternOptions;
import io.deltasync.link.AdaptersForTests.PlainFilter;
import io.deltasync.link.LinkFilter.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * How a Link's filters are configured.
 */
class LinkFiltersTests {

	private static final String ENDS = """
			deltasync.links.x:
			  source: { adapter: setters, table: a }
			  target: { adapter: plainTarget, table: b }
			""";

	@Test
	void filtersKeepTheirOrderAndOptions() {
		Link link = link("""
				  filters:
				  - filter: pattern
				    property: name
				    pattern: A.*
				  - { filter: plain, at: after-mapping }
				  - { filter: pattern, property: city, at: before-mapping }
				""");

		assertThat(link.filters()).extracting(LinkFilter::name).containsExactly("pattern", "plain", "pattern");
		assertThat(link.filters()).extracting(LinkFilter::at)
			.containsExactly(Position.BEFORE_MAPPING, Position.AFTER_MAPPING, Position.BEFORE_MAPPING);
		assertThat(options(link.filters().get(0))).isEqualTo(new PatternOptions("name", "A.*"));
		assertThat(link.filters().get(1).instances().get()).isInstanceOf(PlainFilter.class);
		assertThat(options(link.filters().get(2))).isEqualTo(new PatternOptions("city", null));
	}

	@Test
	void eachLaneHasItsOwnFilter() {
		LinkFilter filter = link("  filters: [{ filter: plain }]").filters().get(0);

		assertThat(filter.instances().get()).isNotSameAs(filter.instances().get());
	}

	@ParameterizedTest
	@ValueSource(strings = { "  parallel: true", "  filters:", "  filters: []" })
	void filtersAreEmptyByDefault(String yaml) {
		assertThat(link(yaml).filters()).isEmpty();
	}

	@Test
	void moreThanTenFiltersKeepTheirOrder() {
		StringBuilder yaml = new StringBuilder("  filters:\n");
		for (int i = 0; i < 12; i++) {
			yaml.append("  - { filter: pattern, property: p%d }\n".formatted(i));
		}

		assertThat(link(yaml.toString()).filters()).extracting((filter) -> options(filter).property())
			.containsExactly("p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9", "p10", "p11");
	}

	@Test
	void listOfFiltersReplacesThatOfAnotherFile() {
		YamlEnvironment environment = new YamlEnvironment("deltasync.links.x.filters: [{ filter: plain }]")
			.addLast("base.yaml", ENDS + "  filters: [{ filter: pattern, property: name }, { filter: plain }]");

		assertThat(new Links(AdaptersForTests.beans(), environment).get("x").filters()).extracting(LinkFilter::name)
			.containsExactly("plain");
	}

	@Test
	void optionsOfAFilterMayBePlaceholders() {
		YamlEnvironment environment = new YamlEnvironment(
				ENDS + "  filters: [{ filter: pattern, property: \"${FILTERED}\" }]")
			.withVariables(Map.of("FILTERED", "name"));

		assertThat(options(new Links(AdaptersForTests.beans(), environment).get("x").filters().get(0)).property())
			.isEqualTo("name");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					[{ filter: patern, property: a }]            | filters[0].filter   | is 'patern', but there is no such filter (did you mean 'pattern'?); give one of: pattern, plain, sharedFilter
					[{ filter: plain }, { filter: sharedFilter }]| filters[1].filter   | names the bean 'sharedFilter', which is not of prototype scope
					[{ filter: setters }]                        | filters[0].filter   | names the bean 'setters' of type SettersSource, which is not a RecordFilter
					[{ property: a }]                            | filters[0].filter   | is missing; give one of: pattern, plain
					[{ filter: plain, at: before }]              | filters[0].at       | 'before' is none of before-mapping, after-mapping
					[{ filter: plain, property: a }]             | filters[0].property | is not a known key. Known here: at, filter
					[{ filter: pattern }]                        | filters[0].property | is missing
					[{ filter: pattern, property: a, pattern: "*" }] | filters[0]      | the pattern matches everything
					[{ filter: pattern, property: a, paterns: b }] | filters[0].paterns | is not a known key (did you mean 'pattern'?)
					[plain]                                      | filters[0]          | takes keys below it, but there is a single value
					plain                                        | filters             | takes a list
					{ filter: plain }                            | filters             | takes a list
					""")
	void aFilterThatCannotBeUsedIsReportedWithPlaceAndRemedy(String filters, String key, String message) {
		ConfigurationException failure = catchThrowableOfType(ConfigurationException.class,
				() -> link("  filters: " + filters));

		assertThat(failure).as("nothing was wrong").isNotNull();
		assertThat(failure.problems()).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo("deltasync.links.x." + key);
			assertThat(problem.link()).isEqualTo("x");
			assertThat(problem.origin()).isIn("application.yaml:4", message.startsWith("is missing") ? null : "");
			assertThat(problem.message()).contains(message);
		});
	}

	private static PatternOptions options(LinkFilter filter) {
		RecordFilter instance = filter.instances().get();
		return ((PatternFilter) instance).options;
	}

	private static Link link(String yaml) {
		return new Links(AdaptersForTests.beans(), new YamlEnvironment(ENDS + yaml)).get("x");
	}

}
