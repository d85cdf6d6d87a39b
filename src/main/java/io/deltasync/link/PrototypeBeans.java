package io.deltasync.link;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.deltasync.config.NearestName;
import io.deltasync.config.Section;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.StringUtils;

/**
 * The beans that can be an adapter at one end of a Link, or one of its filters.
 *
 * @param <T> what such a bean must be
 */
final class PrototypeBeans<T> {

	/** What the names of DeltaSync's own beans begin with. */
	private static final String OWN = "deltasync";

	private final ConfigurableListableBeanFactory beans;

	private final Class<T> type;

	private final String key;

	private final String suffix;

	/** Looking them up takes a pass over all beans. */
	private volatile @Nullable List<String> names;

	/**
	 * Looks at the beans of one kind.
	 * @param beans the beans
	 * @param type what such a bean must be
	 * @param key the key whose value names one, also what such a bean is called
	 * @param suffix what is added to the configured name when it names no adapter itself,
	 * so that one name may serve at both ends
	 */
	PrototypeBeans(ConfigurableListableBeanFactory beans, Class<T> type, String key, String suffix) {
		this.beans = beans;
		this.type = type;
		this.key = key;
		this.suffix = suffix;
	}

	Class<T> type() {
		return this.type;
	}

	String key() {
		return this.key;
	}

	/**
	 * Finds the bean that a configured name means.
	 * @param name what the key says
	 * @param section where to note what is wrong with it
	 * @return the bean's name, or null when there is none or it cannot be used
	 */
	@Nullable String find(String name, Section section) {
		String bean = Stream.of(name, name + this.suffix, own(name), own(name + this.suffix))
			.filter(this::fits)
			.findFirst()
			.orElse(null);
		if (bean == null) {
			section.problem(this.key, whyNot(name));
		}
		else if (!this.beans.isPrototype(bean)) {
			section.problem(this.key, ("names the bean '%s', which is not of prototype scope; it is made anew for each "
					+ "part of a run, so annotate it with @Scope(\"prototype\")")
				.formatted(bean));
			return null;
		}
		return bean;
	}

	String listing() {
		List<String> names = names();
		return names.isEmpty() ? "there is no bean that is a " + this.type.getSimpleName()
				: "give one of: " + String.join(", ", names);
	}

	private String whyNot(String name) {
		if (this.beans.containsBean(name)) {
			Class<?> found = this.beans.getType(name);
			return "names the bean '%s' of type %s, which is not a %s; %s".formatted(name,
					(found != null) ? found.getSimpleName() : "unknown", this.type.getSimpleName(), listing());
		}
		return "is '%s', but there is no such %s%s; %s".formatted(name, this.key, NearestName.hint(name, names()),
				listing());
	}

	/** The bean of DeltaSync's own that a name means where the application has none. */
	private static String own(String name) {
		return OWN + StringUtils.capitalize(name);
	}

	/**
	 * Returns a bean's name as it is shown and stored.
	 * @param bean the bean's name
	 * @return the name, without the prefix if it is one of DeltaSync's own beans
	 */
	static String shown(String bean) {
		boolean own = bean.startsWith(OWN) && bean.length() > OWN.length()
				&& Character.isUpperCase(bean.charAt(OWN.length()));
		return own ? StringUtils.uncapitalize(bean.substring(OWN.length())) : bean;
	}

	private boolean fits(String bean) {
		return this.beans.containsBean(bean) && this.beans.isTypeMatch(bean, this.type);
	}

	/** As they would be configured: the shorter form where it means the same. */
	private List<String> names() {
		List<String> known = this.names;
		if (known == null) {
			known = lookUpNames();
			this.names = known;
		}
		return known;
	}

	private List<String> lookUpNames() {
		return Arrays.stream(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beans, this.type, true, false))
			.map(PrototypeBeans::shown)
			.map((bean) -> bean.endsWith(this.suffix) ? bean.substring(0, bean.length() - this.suffix.length()) : bean)
			.filter((name) -> !name.isEmpty())
			.distinct()
			.sorted()
			.toList();
	}

}
