package io.deltasync.link;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;

import io.deltasync.api.ConfigurableAdapter;

/**
 * An adapter or filter of a Link with all that it takes to make it. Safe for use by many
 * threads.
 *
 * @param <T> what it is
 * @param name the bean's name
 * @param type what it is
 * @param options what it is configured with, or null when it takes no options
 * @param beans where it comes from
 */
record ConfiguredBean<T>(String name, Class<T> type, @Nullable Object options, BeanFactory beans) {

	@SuppressWarnings("unchecked")
	T newInstance() {
		T instance = this.beans.getBean(this.name, this.type);
		if (this.options != null) {
			((ConfigurableAdapter<Object>) instance).configure(this.options);
		}
		return instance;
	}

}
