package io.deltasync.link;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.NestedExceptionUtils;

import io.deltasync.api.ConfigurableAdapter;

/**
 * Reads one end of a Link: finds its adapter, binds its options and lets a throwaway
 * instance check them.
 *
 * @param <T> what the adapter must be
 */
final class AdapterReader<T> {

	private final AdapterBeans<T> adapters;

	private final ConfigurableListableBeanFactory beans;

	AdapterReader(ConfigurableListableBeanFactory beans, Class<T> type, String suffix) {
		this.beans = beans;
		this.adapters = new AdapterBeans<>(beans, type, suffix);
	}

	/**
	 * Reads one end.
	 * @param section the end's section
	 * @return the end; null when something is wrong with it, which has been noted then
	 */
	@Nullable ConfiguredAdapter<T> read(Section section) {
		if (section.children().isEmpty()) {
			section.noteAbsence("is missing; give at least the keys adapter and table");
			return null;
		}
		String table = section.text("table", "give the name of the table to read from or write to");
		String name = section.text("adapter", this.adapters.listing());
		String bean = (name != null) ? this.adapters.find(name, section) : null;
		T adapter = (bean != null) ? throwaway(bean, section) : null;
		if (bean == null || adapter == null) {
			// without an adapter there is no telling which other keys it would know
			section.noteFailures();
			return null;
		}
		Object options = (adapter instanceof ConfigurableAdapter<?> configurable) ? configure(configurable, section)
				: null;
		section.finish();
		return (table != null && section.isComplete())
				? new ConfiguredAdapter<>(new LinkEnd(bean, table), this.adapters.type(), options, this.beans) : null;
	}

	private @Nullable T throwaway(String bean, Section section) {
		try {
			return this.beans.getBean(bean, this.adapters.type());
		}
		catch (BeansException ex) {
			section.problem("adapter", "names the bean '%s', which cannot be made: %s".formatted(bean, reason(ex)));
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
			section.problem(reason(ex));
		}
		return options;
	}

	private static String reason(RuntimeException ex) {
		Throwable root = (ex instanceof BeansException) ? NestedExceptionUtils.getMostSpecificCause(ex) : ex;
		return (root.getMessage() != null) ? Secrets.mask(root.getMessage()) : root.getClass().getName();
	}

}
