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
 * The beans that can be an adapter at one end of a Link, or a filter.
 * 
 * @param <T> the type of the beans
 */
final class PrototypeBeans<T> {

	/** The prefix of the names of DeltaSync's own beans. */
	private static final String OWN = "deltasync";

	private final ConfigurableListableBeanFactory beans;

	private final Class<T> type;

	private final String key;

	private final String suffix;

	/** The names, which are cached because a lookup reads all bean definitions. */
	private volatile @Nullable List<String> names;

	/**
	 * Creates a lookup of the beans of one type.
	 * @param beans the bean factory
	 * @param type the type of the beans
	 * @param key the key with the name of a bean, and the word for such a bean in
	 * messages
	 * @param suffix the suffix to add to a configured name that is not a bean itself, so
	 * that one name can serve for both ends
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
	 * Returns the bean for a configured name.
	 * @param name the value of the key
	 * @param section the section that problems are reported to
	 * @return the bean's name, or null if there is none or it is not of prototype scope
	 */
	@Nullable String find(String name, Section section) {
		String bean = Stream.of(name, name + this.suffix, own(name), own(name + this.suffix))
			.filter(this::fits)
			.findFirst()
			.orElse(null);
		if (bean == null) {
			section.problem(this.key, refusal(name));
		}
		else if (!this.beans.isPrototype(bean)) {
			section.problem(this.key,
					("names the bean '%s', which is not of prototype scope; a new instance is created for each "
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

	private String refusal(String name) {
		if (this.beans.containsBean(name)) {
			Class<?> found = this.beans.getType(name);
			return "names the bean '%s' of type %s, which is not a %s; %s".formatted(name,
					(found != null) ? found.getSimpleName() : "unknown", this.type.getSimpleName(), listing());
		}
		return "is '%s', but there is no such %s%s; %s".formatted(name, this.key, NearestName.hint(name, names()),
				listing());
	}

	/** Returns DeltaSync's own bean for a name that the application does not define. */
	private static String own(String name) {
		return OWN + StringUtils.capitalize(name);
	}

	/**
	 * Returns a bean's name as displayed and stored.
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

	/**
	 * Returns the names as users would configure them, in the shorter form if there is
	 * one.
	 */
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
