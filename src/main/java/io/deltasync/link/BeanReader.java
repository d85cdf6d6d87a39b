package io.deltasync.link;

import io.deltasync.api.ConfigurableAdapter;
import io.deltasync.config.ConfigurationException;
import io.deltasync.config.Secrets;
import io.deltasync.config.Section;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Reads which bean is an adapter or filter of a Link, binds its options and lets a
 * throwaway instance check them.
 *
 * @param <T> what the bean must be
 */
final class BeanReader<T> {

	private final PrototypeBeans<T> prototypes;

	private final ConfigurableListableBeanFactory beans;

	BeanReader(ConfigurableListableBeanFactory beans, PrototypeBeans<T> prototypes) {
		this.beans = beans;
		this.prototypes = prototypes;
	}

	/**
	 * Reads a bean and the keys beside it: the options that it takes, and those that the
	 * section was asked for already.
	 * @param section the section
	 * @return the bean; null when something is wrong with the section, which has been
	 * noted then
	 */
	@Nullable ConfiguredBean<T> read(Section section) {
		String name = section.text(this.prototypes.key(), this.prototypes.listing());
		String bean = (name != null) ? this.prototypes.find(name, section) : null;
		T instance = (bean != null) ? throwaway(bean, section) : null;
		if (bean == null || instance == null) {
			// without the bean there is no telling which other keys it would know
			section.reportFailures();
			return null;
		}
		Object options = (instance instanceof ConfigurableAdapter<?> configurable) ? configure(configurable, section)
				: null;
		section.finish();
		ConfiguredBean.close(instance);
		return section.isComplete()
				? new ConfiguredBean<>(bean, this.prototypes.type(), instance.getClass(), options, this.beans) : null;
	}

	private @Nullable T throwaway(String bean, Section section) {
		try {
			return this.beans.getBean(bean, this.prototypes.type());
		}
		catch (BeansException ex) {
			section.problem(this.prototypes.key(),
					"names the bean '%s', which cannot be made: %s".formatted(bean, reason(ex)));
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
