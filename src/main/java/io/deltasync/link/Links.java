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

import io.deltasync.api.ConnectionType;
import io.deltasync.config.AmbiguousKeys;
import io.deltasync.config.ConfigurationException;
import io.deltasync.config.ConfigurationProblem;
import io.deltasync.config.ConfigurationReader;
import io.deltasync.config.IgnoredCharacters;
import io.deltasync.config.LinkNames;
import io.deltasync.config.Section;
import io.deltasync.connection.AllConnections;
import io.deltasync.link.notification.Notifications;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;

/**
 * The Links configured under {@code deltasync.links}. Thread-safe.
 */
public final class Links {

	private final EngineSettings engine;

	private final Notifications notifications;

	private final Map<String, Section> sections;

	private final LinkReader reader;

	/** The problems of Links that were not requested yet. */
	private final List<ConfigurationProblem> deferred = new ArrayList<>();

	/** The Links that were read, whether they are valid or not. */
	private final Set<String> tried = new HashSet<>();

	private final Map<String, Link> links = new HashMap<>();

	private final ReentrantLock lock = new ReentrantLock();

	/**
	 * Reads and checks everything under {@code deltasync}: Links, connections and the
	 * engine's settings. Creates one instance of each adapter to check its options.
	 * Connects to nothing.
	 * @param beans the factory of adapters and filters
	 * @param environment the environment with the configuration
	 * @throws ConfigurationException with all problems, if there are any
	 */
	public Links(ConfigurableListableBeanFactory beans, Environment environment) {
		this(beans, environment, false);
	}

	private Links(ConfigurableListableBeanFactory beans, Environment environment, boolean onDemand) {
		ConfigurationReader configuration = new ConfigurationReader(environment);
		IgnoredCharacters.find(configuration);
		AmbiguousKeys.find(configuration);
		this.engine = EngineSettings.read(configuration);
		this.notifications = Notifications.read(configuration);
		this.reader = new LinkReader(beans, AllConnections.read(configuration, types(beans)), this.notifications);
		this.sections = configuration.sections(LinkNames.ROOT, true);
		checkUnique();
		if (onDemand) {
			defer(configuration.problems());
		}
		if (!onDemand || !configuration.problems().isEmpty()) {
			// nothing can start, so all problems are reported at once
			this.deferred.addAll(configuration.problems());
			all();
		}
	}

	/**
	 * Reads connections and the engine's settings now, and each Link on demand. A process
	 * that needs one Link reads only this Link, and is not affected by problems of other
	 * Links.
	 * @param beans the factory of adapters and filters
	 * @param environment the environment with the configuration
	 * @return the Links
	 * @throws ConfigurationException if connections or the engine's settings are invalid;
	 * with all problems, including those of Links
	 */
	public static Links onDemand(ConfigurableListableBeanFactory beans, Environment environment) {
		return new Links(beans, environment, true);
	}

	private static List<? extends ConnectionType<?>> types(ConfigurableListableBeanFactory beans) {
		ResolvableType type = ResolvableType.forClass(ConnectionType.class);
		return beans.<ConnectionType<?>>getBeanProvider(type).orderedStream().toList();
	}

	/**
	 * Reports names that differ only in case: in databases that ignore case, such Links
	 * would share their history.
	 */
	private void checkUnique() {
		Map<String, String> spellings = new HashMap<>();
		this.sections.forEach((name, section) -> {
			String other = spellings.put(name.toLowerCase(Locale.ROOT), name);
			if (other != null) {
				section.problem("has a name that differs from the Link '%s' only in case".formatted(other));
			}
		});
	}

	private void defer(Set<ConfigurationProblem> problems) {
		problems
			.removeIf((problem) -> LinkNames.ROOT.isAncestorOf(ConfigurationPropertyName.adapt(problem.property(), '.'))
					&& this.deferred.add(problem));
	}

	/**
	 * Returns all Links.
	 * @return the Links in the order of the configuration; may be empty
	 * @throws ConfigurationException with the problems of all Links, if there are any
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
	 * Returns how people are notified.
	 * @return the settings, which have no problems
	 */
	public Notifications notifications() {
		return this.notifications;
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
	 * @throws UnknownLinkException if there is no Link with this name
	 * @throws ConfigurationException with all problems of this Link, if there are any
	 */
	public Link get(String name) {
		this.lock.lock();
		try {
			Section section = this.sections.get(name);
			if (section == null) {
				// the Link may be configured under an invalid key
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
