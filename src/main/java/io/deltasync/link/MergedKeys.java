package io.deltasync.link;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

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
		reader.tree().writtenKeys(EngineSettings.ROOT).forEach(new MergedKeys(reader)::findInFile);
	}

	private void findInFile(List<String> keys) {
		this.spellings.clear();
		keys.stream().map((key) -> ConfigurationPropertyName.adapt(key, '.')).forEach((name) -> {
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
