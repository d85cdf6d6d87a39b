package io.deltasync.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * Finds keys of one file that Spring Boot considers the same, because they differ only in
 * case, hyphens and underscores: "orders-eu" and "ordersEU" would become one Link, with
 * the settings of both.
 */
public final class AmbiguousKeys {

	private final ConfigurationReader reader;

	private final Map<ConfigurationPropertyName, String> spellings = new HashMap<>();

	private AmbiguousKeys(ConfigurationReader reader) {
		this.reader = reader;
	}

	/**
	 * Checks all keys below {@code deltasync}.
	 * @param reader the reader that the ambiguous keys are reported to
	 */
	public static void find(ConfigurationReader reader) {
		reader.tree().writtenKeys(Section.ROOT).forEach(new AmbiguousKeys(reader)::findInFile);
	}

	private void findInFile(List<String> keys) {
		this.spellings.clear();
		ConfigurationPropertyName before = ConfigurationPropertyName.EMPTY;
		for (String key : keys) {
			ConfigurationPropertyName name = ConfigurationPropertyName.adapt(key, '.');
			for (int size = Math.max(2, commonElements(before, name) + 1); size <= name.getNumberOfElements(); size++) {
				add(name.chop(size));
			}
			before = name;
		}
	}

	/**
	 * Returns the number of leading elements that were checked before, since most keys
	 * follow similar ones.
	 */
	private static int commonElements(ConfigurationPropertyName before, ConfigurationPropertyName name) {
		int most = Math.min(before.getNumberOfElements(), name.getNumberOfElements());
		int count = 0;
		while (count < most && before.getElement(count, Form.ORIGINAL).equals(name.getElement(count, Form.ORIGINAL))) {
			count++;
		}
		return count;
	}

	private void add(ConfigurationPropertyName name) {
		String spelling = name.getLastElement(Form.ORIGINAL);
		String other = this.spellings.putIfAbsent(name, spelling);
		if (other != null && !other.equals(spelling)) {
			this.reader.note(name, null,
					"is the same name as '%s' in this file; spell a single name in one way, or write two names in brackets and quotes: \"[%s]\" and \"[%s]\""
						.formatted(other, other, spelling));
		}
	}

}
