package io.deltasync.link;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * All Links, as configured under {@code deltasync.links}. Immutable and safe for use by
 * many threads.
 */
public final class Links {

	private final Map<String, Link> links = new LinkedHashMap<>();

	/**
	 * Reads and checks everything under {@code deltasync}: Links, connections and the
	 * engine's settings. Each adapter that a Link names is made once, to check its
	 * options; nothing is connected.
	 * @param beans where the adapters are
	 * @param environment where the Links are configured
	 * @throws ConfigurationException with all problems that there are
	 */
	public Links(ConfigurableListableBeanFactory beans, Environment environment) {
		ConfigurationReader reader = new ConfigurationReader(environment);
		DroppedCharacters.find(reader);
		MergedKeys.find(reader);
		EngineSettings.read(reader);
		LinkReader linkReader = new LinkReader(beans, ConnectionSettings.readAll(reader));
		Map<String, String> spellings = new LinkedHashMap<>();
		Map<String, Section> sections = new LinkedHashMap<>();
		reader.tree().children(LinkNames.ROOT).forEach((name, path) -> {
			Section section = reader.section(path, name);
			checkUnique(spellings.put(name.toLowerCase(Locale.ROOT), name), section);
			sections.put(name, section);
			Link link = linkReader.read(name, section);
			if (link != null) {
				this.links.put(name, link);
			}
		});
		new Chains(this.links, sections).check();
		reader.throwIfProblems();
	}

	/** Databases may compare names without case; two Links would share their history. */
	private static void checkUnique(@Nullable String other, Section section) {
		if (other != null) {
			section.problem("has the same name as the Link '%s' but for upper and lower case".formatted(other));
		}
	}

	/**
	 * Lists the Links.
	 * @return the Links in the order of the configuration; may be empty
	 */
	public List<Link> all() {
		return List.copyOf(this.links.values());
	}

	/**
	 * Finds a Link.
	 * @param name its name, exactly
	 * @return the Link
	 * @throws UnknownLinkException when there is none of that name
	 */
	public Link get(String name) {
		Link link = this.links.get(name);
		if (link == null) {
			throw new UnknownLinkException(name, this.links.keySet());
		}
		return link;
	}

}
