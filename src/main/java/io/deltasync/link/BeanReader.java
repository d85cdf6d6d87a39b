package io.deltasync.link;

import java.util.function.Consumer;

import io.deltasync.api.ConfigurableAdapter;
import io.deltasync.config.ConfigurationException;
import io.deltasync.config.Secrets;
import io.deltasync.config.Section;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Reads the bean of an adapter or filter of a Link, binds its options and checks them
 * with a temporary instance.
 *
 * @param <T> the type of the bean
 */
final class BeanReader<T> {

	private final PrototypeBeans<T> prototypes;

	private final ConfigurableListableBeanFactory beans;

	BeanReader(ConfigurableListableBeanFactory beans, PrototypeBeans<T> prototypes) {
		this.beans = beans;
		this.prototypes = prototypes;
	}

	/**
	 * Reads a bean and its options.
	 * @param section the section
	 * @param others reads the keys of the section that are not the bean's options, given
	 * the temporary instance; called after the options were bound
	 * @return the bean; null if the section is invalid, which is reported
	 */
	@Nullable ConfiguredBean<T> read(Section section, Consumer<T> others) {
		String name = section.text(this.prototypes.key(), this.prototypes.listing());
		String bean = (name != null) ? this.prototypes.find(name, section) : null;
		T instance = (bean != null) ? temporaryInstance(bean, section) : null;
		if (bean == null || instance == null) {
			// without the bean, the other keys of the section cannot be checked
			section.reportFailures();
			return null;
		}
		Object options = (instance instanceof ConfigurableAdapter<?> configurable) ? configure(configurable, section)
				: null;
		others.accept(instance);
		section.finish();
		ConfiguredBean.close(instance);
		return section.isComplete()
				? new ConfiguredBean<>(bean, this.prototypes.type(), instance.getClass(), options, this.beans) : null;
	}

	private @Nullable T temporaryInstance(String bean, Section section) {
		try {
			return this.beans.getBean(bean, this.prototypes.type());
		}
		catch (BeansException ex) {
			section.problem(this.prototypes.key(),
					"names the bean '%s', which cannot be created: %s".formatted(bean, reason(ex)));
			return null;
		}
	}

	private <O> @Nullable O configure(ConfigurableAdapter<O> adapter, Section section) {
		O options = section.bind(adapter.optionsType());
		if (options == null || !section.isComplete()) {
			return null;
		}
		try {
			adapter.configure(options);
		}
		catch (ConfigurationException ex) {
			section.problems(ex.problems());
		}
		catch (RuntimeException ex) {
			section.problemOfOptions(reason(ex));
		}
		return options;
	}

	private static String reason(RuntimeException ex) {
		Throwable root = (ex instanceof BeansException) ? NestedExceptionUtils.getMostSpecificCause(ex) : ex;
		return (root.getMessage() != null) ? Secrets.mask(root.getMessage()) : root.getClass().getName();
	}

}
