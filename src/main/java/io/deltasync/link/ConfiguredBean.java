package io.deltasync.link;

import io.deltasync.api.ConfigurableAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;

/**
 * A definition of an adapter or filter of a Link, which creates its instances.
 * Thread-safe.
 *
 * @param <T> the type of the bean
 * @param name the bean's name
 * @param type the type of the bean
 * @param implementation the class of its instances
 * @param options the options, or null if it has none
 * @param beans the factory of the bean
 */
record ConfiguredBean<T>(String name, Class<T> type, Class<?> implementation, @Nullable Object options,
		BeanFactory beans) {

	private static final Logger logger = LoggerFactory.getLogger(ConfiguredBean.class);

	/** Closes an instance that was created only for a query. */
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
