package io.deltasync.link;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import io.deltasync.config.AmbiguousKeys;
import io.deltasync.config.ConfigurationException;
import io.deltasync.config.ConfigurationProblem;
import io.deltasync.config.ConfigurationReader;
import io.deltasync.config.IgnoredCharacters;
import io.deltasync.config.LinkNames;
import io.deltasync.config.Section;
import io.deltasync.connection.ConnectionSettings;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/**
 * All Links, as configured under {@code deltasync.links}. Safe for use by many threads.
 */
public final class Links {

	private final EngineSettings engine;

	private final Map<String, Section> sections;

	private final LinkReader reader;

	/** Problems of Links that nobody has asked for yet. */
	private final List<ConfigurationProblem> deferred = new ArrayList<>();

	/** Links that were read, whether they can be used or not. */
	private final Set<String> tried = new HashSet<>();

	private final Map<String, Link> links = new HashMap<>();

	private final ReentrantLock lock = new ReentrantLock();

	/**
	 * Reads and checks everything under {@code deltasync}: Links, connections and the
	 * engine's settings. Each adapter that a Link names is made once, to check its
	 * options; nothing is connected.
	 * @param beans where the adapters are
	 * @param environment where the Links are configured
	 * @throws ConfigurationException with all problems that there are
	 */
	public Links(ConfigurableListableBeanFactory beans, Environment environment) {
		this(beans, environment, false);
	}

	private Links(ConfigurableListableBeanFactory beans, Environment environment, boolean onDemand) {
		ConfigurationReader configuration = new ConfigurationReader(environment);
		IgnoredCharacters.find(configuration);
		AmbiguousKeys.find(configuration);
		this.engine = EngineSettings.read(configuration);
		this.reader = new LinkReader(beans, ConnectionSettings.readAll(configuration));
		this.sections = configuration.sections(LinkNames.ROOT, true);
		checkUnique();
		if (onDemand) {
			defer(configuration.problems());
		}
		if (!onDemand || !configuration.problems().isEmpty()) {
			// nothing can be started, so everything that is wrong is reported at once
			this.deferred.addAll(configuration.problems());
			all();
		}
	}

	/**
	 * Reads connections and the engine's settings now, and each Link when somebody asks
	 * for it: a process that needs one Link reads that one alone, and is not stopped by
	 * the problems of others.
	 * @param beans where the adapters are
	 * @param environment where the Links are configured
	 * @return the Links
	 * @throws ConfigurationException when connections or the engine's settings cannot be
	 * used; with all problems that there are, also those of Links
	 */
	public static Links onDemand(ConfigurableListableBeanFactory beans, Environment environment) {
		return new Links(beans, environment, true);
	}

	/** Databases may compare names without case; two Links would share their history. */
	private void checkUnique() {
		Map<String, String> spellings = new HashMap<>();
		this.sections.forEach((name, section) -> {
			String other = spellings.put(name.toLowerCase(Locale.ROOT), name);
			if (other != null) {
				section.problem("has the same name as the Link '%s' but for upper and lower case".formatted(other));
			}
		});
	}

	private void defer(Set<ConfigurationProblem> problems) {
		problems
			.removeIf((problem) -> LinkNames.ROOT.isAncestorOf(ConfigurationPropertyName.adapt(problem.property(), '.'))
					&& this.deferred.add(problem));
	}

	/**
	 * Returns the Links.
	 * @return the Links in the order of the configuration; may be empty
	 * @throws ConfigurationException with all problems of Links that there are
	 */
	public List<Link> all() {
		this.lock.lock();
		try {
			this.sections.forEach(this::read);
			Set<ConfigurationProblem> problems = new LinkedHashSet<>(this.deferred);
			this.sections.values().forEach((section) -> problems.addAll(section.problems()));
			throwIfAny(problems);
			return this.sections.keySet().stream().map((name) -> Objects.requireNonNull(this.links.get(name))).toList();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns the settings of the engine.
	 * @return the settings, which have no problems
	 */
	public EngineSettings engine() {
		return this.engine;
	}

	/**
	 * Returns the names of the Links. Does not check the Links.
	 * @return the names in the order of the configuration; may be empty
	 */
	public List<String> names() {
		return List.copyOf(this.sections.keySet());
	}

	/**
	 * Returns a Link.
	 * @param name its name, exactly
	 * @return the Link
	 * @throws UnknownLinkException when no Link has that name
	 * @throws ConfigurationException with all problems of this Link
	 */
	public Link get(String name) {
		this.lock.lock();
		try {
			Section section = this.sections.get(name);
			if (section == null) {
				// a key that was spoilt may have been meant
				throwIfAny(this.deferred);
				throw new UnknownLinkException(name, this.sections.keySet());
			}
			read(name, section);
			Set<ConfigurationProblem> problems = new LinkedHashSet<>();
			this.deferred.stream().filter((problem) -> section.contains(problem.property())).forEach(problems::add);
			problems.addAll(section.problems());
			throwIfAny(problems);
			return Objects.requireNonNull(this.links.get(name));
		}
		finally {
			this.lock.unlock();
		}
	}

	private void read(String name, Section section) {
		if (!this.tried.add(name)) {
			return;
		}
		Link link = this.reader.read(name, section);
		new RunAfterCheck(this.sections).check(name, section);
		if (link != null) {
			this.links.put(name, link);
		}
	}

	private static void throwIfAny(Collection<ConfigurationProblem> problems) {
		if (!problems.isEmpty()) {
			throw new ConfigurationException(problems);
		}
	}

}
