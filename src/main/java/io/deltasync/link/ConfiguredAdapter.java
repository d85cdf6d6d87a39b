package io.deltasync.link;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;

import io.deltasync.api.ConfigurableAdapter;

/**
 * One end of a Link with all that it takes to make its adapter. Safe for use by many
 * threads.
 *
 * @param <T> what the adapter is
 * @param end the end
 * @param type what the adapter is
 * @param options what the adapter is configured with, or null when it takes no options
 * @param beans where the adapter comes from
 */
record ConfiguredAdapter<T>(LinkEnd end, Class<T> type, @Nullable Object options, BeanFactory beans) {

	@SuppressWarnings("unchecked")
	T newInstance() {
		T adapter = this.beans.getBean(this.end.adapterBean(), this.type);
		if (this.options != null) {
			((ConfigurableAdapter<Object>) adapter).configure(this.options);
		}
		return adapter;
	}

}
