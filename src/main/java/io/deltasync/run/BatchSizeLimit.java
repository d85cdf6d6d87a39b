package io.deltasync.run;

import io.deltasync.api.LinkContext;
import io.deltasync.link.Link;

/**
 * The number of records that a target accepts in one call.
 */
public final class BatchSizeLimit {

	private BatchSizeLimit() {
	}

	/**
	 * Limits batches to the size that the target accepts.
	 * @param link the Link
	 * @param context the context, with the limit of the Link
	 * @param targetLimit the answer of the target
	 * @return the context with the lower limit
	 * @throws IllegalStateException if the answer is not positive
	 */
	public static LinkContext apply(Link link, LinkContext context, int targetLimit) {
		if (targetLimit < 1) {
			throw new IllegalStateException(("getBatchSizeLimit of target adapter %s returned %d; it must return how "
					+ "many records a call of pushRecords may be given, 1 or more")
				.formatted(link.targetType().getName(), targetLimit));
		}
		return (targetLimit < context.batchSizeLimit()) ? context.toBuilder().batchSizeLimit(targetLimit).build()
				: context;
	}

}
