package io.deltasync.link;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.deltasync.api.ConfigurableAdapter;
import io.deltasync.api.SourceAdapter;
import io.deltasync.config.ConfigurationException;
import io.deltasync.config.ConfigurationProblem;
import io.deltasync.config.YamlEnvironment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Adapters have their own words for what they read or write.
 */
class ResourceReaderTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			adapter: word, path: '**/*.csv'     | **/*.csv
			adapter: optional, path: '/{id}'    | /{id}
			adapter: optional                   | orders
			adapter: optional, path: ''         | orders
			adapter: required, path: '/orders'  | /orders
			adapter: none                       | orders
			adapter: table, table: a            | a
			""")
	void theAdaptersOwnWordNamesWhatItReads(String source, String name) {
		assertThat(link(source).source().table()).isEqualTo(name);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			adapter: word            | path  | is missing; give the path to read from or write to
			adapter: required        | path  | is missing
			adapter: word, table: a  | table | is not an option of the adapter 'word'; write path instead
			adapter: table, path: a  | path  | is not an option of the adapter 'table'; write table instead
			adapter: optional, table: a | table | is not an option of the adapter 'optional'; write path instead
			adapter: none, table: a  | table | is not a known key. Known here: adapter
			adapter: word, path: a, table: b | table | is not a known key. Known here: adapter, path
			""")
	void aWrongWordIsReportedWithTheRightOne(String source, String key, String message) {
		ConfigurationException failure = catchThrowableOfType(ConfigurationException.class, () -> link(source));

		assertThat(failure.problems()).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo("deltasync.links.orders.source." + key);
			assertThat(problem.message()).isEqualTo(message);
		});
	}

	@Test
	void aWrongWordInPlaceOfARequiredComponentIsNamedBesideIt() {
		ConfigurationException failure = catchThrowableOfType(ConfigurationException.class,
				() -> link("adapter: required, table: a"));

		assertThat(failure.problems()).extracting(ConfigurationProblem::property)
			.containsExactlyInAnyOrder("deltasync.links.orders.source.path", "deltasync.links.orders.source.table");
	}

	@Test
	void theWordItselfIsNoPartOfTheIdentity() {
		assertThat(link("adapter: word, path: a").identity().source()).isEqualTo("word a");
		assertThat(link("adapter: table, table: a").identity().source()).isEqualTo("table a");
		assertThat(EndOptions.of(Map.of("adapter", "word", "path", "a", "table", "b"), "path", (name) -> null).place())
			.containsExactlyEntriesOf(Map.of("table", "b"));
	}

	private static Link link(String source) {
		DefaultListableBeanFactory beans = AdaptersForTests.beans();
		List.of(WordSource.class, OptionalSource.class, RequiredSource.class, NoneSource.class, TableSource.class)
			.forEach((type) -> {
				RootBeanDefinition definition = new RootBeanDefinition(type);
				definition.setScope(BeanDefinition.SCOPE_PROTOTYPE);
				String name = type.getSimpleName().replace("Source", "");
				beans.registerBeanDefinition(name.toLowerCase(Locale.ROOT), definition);
			});
		return new Links(beans, new YamlEnvironment("""
				deltasync.links.orders:
				  source: { %s }
				  target: { adapter: plain, table: b }
				""".formatted(source))).get("orders");
	}

	static class TableSource implements SourceAdapter {

	}

	static class WordSource implements SourceAdapter {

		@Override
		public @Nullable String resourceOption() {
			return "path";
		}

	}

	static class NoneSource implements SourceAdapter {

		@Override
		public @Nullable String resourceOption() {
			return null;
		}

	}

	record OptionalPath(@Nullable String path) {

	}

	static class OptionalSource extends WordSource implements ConfigurableAdapter<OptionalPath> {

		@Override
		public Class<OptionalPath> optionsType() {
			return OptionalPath.class;
		}

		@Override
		public void configure(OptionalPath options) {
		}

	}

	record RequiredPath(String path) {

	}

	static class RequiredSource extends WordSource implements ConfigurableAdapter<RequiredPath> {

		@Override
		public Class<RequiredPath> optionsType() {
			return RequiredPath.class;
		}

		@Override
		public void configure(RequiredPath options) {
		}

	}

}
