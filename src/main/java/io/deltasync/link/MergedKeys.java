package io.deltasync.link;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.env.CompositePropertySource;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Finds keys of one file that are one key to Spring Boot, as only upper and lower case,
 * hyphens and underscores tell them apart: "orders-eu" and "ordersEU" would become one
 * Link, with settings of both.
 */
final class MergedKeys {

	private final ConfigurationReader reader;

	private final Map<ConfigurationPropertyName, String> spellings = new HashMap<>();

	private MergedKeys(ConfigurationReader reader) {
		this.reader = reader;
	}

	/**
	 * Looks through everything below {@code deltasync}.
	 * @param reader is told of the keys
	 */
	static void find(ConfigurationReader reader) {
		reader.tree()
			.writtenSources()
			.flatMap(MergedKeys::files)
			.filter(EnumerablePropertySource.class::isInstance)
			.map((source) -> ((EnumerablePropertySource<?>) source).getPropertyNames())
			.forEach(new MergedKeys(reader)::findInFile);
	}

	/** Several files may be one source, of which one overrides the other. */
	private static Stream<?> files(Object source) {
		return (source instanceof CompositePropertySource composite)
				? composite.getPropertySources().stream().flatMap(MergedKeys::files) : Stream.of(source);
	}

	private void findInFile(String[] names) {
		this.spellings.clear();
		Arrays.stream(names)
			.filter((name) -> name.startsWith(EngineSettings.ROOT + "."))
			.map((name) -> ConfigurationPropertyName.adapt(name, '.'))
			.forEach((name) -> {
				for (int size = 2; size <= name.getNumberOfElements(); size++) {
					add(name.chop(size));
				}
			});
	}

	private void add(ConfigurationPropertyName name) {
		String spelling = name.getLastElement(Form.ORIGINAL);
		String other = this.spellings.putIfAbsent(name, spelling);
		if (other != null && !other.equals(spelling)) {
			this.reader.note(name, null,
					"stands beside '%s', which is the same name; write the one name in one way, or two names in brackets and quotes: \"[%s]\" and \"[%s]\""
						.formatted(other, other, spelling));
		}
	}

}
