package io.deltasync.link;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.Adapter;
import io.deltasync.api.LinkContext;
import io.deltasync.config.Secrets;

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
