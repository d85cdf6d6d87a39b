package io.deltasync.link;

import io.deltasync.api.ConfigurableAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;

/**
 * An adapter or filter of a Link with all that it takes to make it. Safe for use by many
 * threads.
 *
 * @param <T> what it is
 * @param name the bean's name
 * @param type what it is
 * @param implementation the class of its instances
 * @param options what it is configured with, or null when it takes no options
 * @param beans where it comes from
 */
record ConfiguredBean<T>(String name, Class<T> type, Class<?> implementation, @Nullable Object options,
		BeanFactory beans) {

	private static final Logger logger = LoggerFactory.getLogger(ConfiguredBean.class);

	/** Closes an instance that was asked something about itself only. */
	static void close(Object instance) {
		if (instance instanceof AutoCloseable closeable) {
			try {
				closeable.close();
			}
			catch (Exception ex) {
				logger.warn("close of {} failed", instance.getClass().getName(), ex);
			}
		}
	}

	@SuppressWarnings("unchecked")
	T newInstance() {
		T instance = this.beans.getBean(this.name, this.type);
		if (this.options != null) {
			((ConfigurableAdapter<Object>) instance).configure(this.options);
		}
		return instance;
	}

}
