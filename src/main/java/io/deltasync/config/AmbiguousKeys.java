package io.deltasync.config;

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
public final class AmbiguousKeys {

	private final ConfigurationReader reader;

	private final Map<ConfigurationPropertyName, String> spellings = new HashMap<>();

	private AmbiguousKeys(ConfigurationReader reader) {
		this.reader = reader;
	}

	/**
	 * Looks through everything below {@code deltasync}.
	 * @param reader is told of the keys
	 */
	public static void find(ConfigurationReader reader) {
		reader.tree().writtenKeys(Section.ROOT).forEach(new AmbiguousKeys(reader)::findInFile);
	}

	private void findInFile(List<String> keys) {
		this.spellings.clear();
		ConfigurationPropertyName before = ConfigurationPropertyName.EMPTY;
		for (String key : keys) {
			ConfigurationPropertyName name = ConfigurationPropertyName.adapt(key, '.');
			for (int size = Math.max(2, alike(before, name) + 1); size <= name.getNumberOfElements(); size++) {
				add(name.chop(size));
			}
			before = name;
		}
	}

	/**
	 * Returns how many elements need not be looked at again: most keys follow their like.
	 */
	private static int alike(ConfigurationPropertyName before, ConfigurationPropertyName name) {
		int most = Math.min(before.getNumberOfElements(), name.getNumberOfElements());
		int alike = 0;
		while (alike < most && before.getElement(alike, Form.ORIGINAL).equals(name.getElement(alike, Form.ORIGINAL))) {
			alike++;
		}
		return alike;
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
