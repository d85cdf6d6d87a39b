package io.deltasync.link;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.Adapter;
import io.deltasync.api.LinkContext;
import io.deltasync.api.SourceAdapterForPull;
import io.deltasync.api.SourceAdapterForRawDataPush;
import io.deltasync.api.SourceAdapterForRowPush;
import io.deltasync.config.Secrets;
import org.springframework.util.ClassUtils;

/**
 * One end of a Link and its adapter. Thread-safe.
 *
 * @param <T> the type of the adapter
 * @param end the end
 * @param bean the adapter
 * @param options the options that identify the data
 */
record ConfiguredAdapter<T extends Adapter>(Endpoint end, ConfiguredBean<T> bean, EndOptions options) {

	/**
	 * Whether other systems push records to the adapter, because it plans no fetch.
	 * @return false for a target, and for a source that fetches
	 */
	boolean takesPushes() {
		Class<?> type = this.bean.implementation();
		return !SourceAdapterForPull.class.isAssignableFrom(type)
				&& (SourceAdapterForRowPush.class.isAssignableFrom(type) ? !plansFetch(type)
						: SourceAdapterForRawDataPush.class.isAssignableFrom(type));
	}

	private static boolean plansFetch(Class<?> type) {
		return ClassUtils.getMethod(type, "planFetch", LinkContext.class)
			.getDeclaringClass() != SourceAdapterForRowPush.class;
	}

	/**
	 * Returns the identity of the data at this end. Calls a new instance of the adapter.
	 * @param context the context of the Link
	 * @param side {@code source} or {@code target}, for the message
	 * @return the identity that the adapter declares, otherwise that of its options
	 * @throws AbortRunException if the adapter fails; the message contains the reason
	 */
	String identity(LinkContext context, String side) {
		try {
			T adapter = this.bean.newInstance();
			try {
				String declared = adapter.identity(context);
				return (declared != null) ? declared : this.options.describe(this.end);
			}
			finally {
				ConfiguredBean.close(adapter);
			}
		}
		catch (Exception ex) {
			throw new AbortRunException("Link '%s': the %s adapter '%s' failed to return its identity: %s".formatted(
					context.linkName(), side, this.bean.name(), Secrets.mask(String.valueOf(ex.getMessage()))), ex);
		}
	}

}
