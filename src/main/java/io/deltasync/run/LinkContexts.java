package io.deltasync.run;

import java.time.Instant;

import io.deltasync.api.LinkContext;
import io.deltasync.event.RunParameters;
import io.deltasync.link.Link;

/**
 * Creates the contexts that adapters receive.
 */
public final class LinkContexts {

	private LinkContexts() {
	}

	/**
	 * Creates the context of a run.
	 * @param link the Link
	 * @param parameters the parameters of the run
	 * @return the context, whose batches are limited by the Link alone
	 */
	public static LinkContext of(Link link, RunParameters parameters) {
		return new LinkContext(link.name(), link.source().table(), link.target().table(), link.batchSizeLimit(),
				parameters.windowStart(), parameters.cursorBefore(), parameters.runTimestamp(),
				parameters.testing() || parameters.isVerification(), parameters.isReplay(), parameters.isFull());
	}

	/**
	 * Creates the context for questions before a run, of which nothing is known yet.
	 * @param link the Link
	 * @param now the current time, which takes the place of the run timestamp: with that
	 * of an earlier run, adapters would answer with what they know from it
	 * @return the context
	 */
	public static LinkContext beforeRun(Link link, Instant now) {
		return LinkContext.builder()
			.linkName(link.name())
			.linkSourceName(link.source().table())
			.linkTargetName(link.target().table())
			.batchSizeLimit(link.batchSizeLimit())
			.runTimestamp(now)
			.build();
	}

	/**
	 * Returns the context for calls that deliver. A verification only reads, except where
	 * it repairs.
	 * @param run the run
	 * @return the context of the run, in testing mode only if the run is a testing run
	 */
	public static LinkContext ofDelivery(ActiveRun run) {
		LinkContext context = run.context();
		return (context.testingMode() == run.isTesting()) ? context
				: context.toBuilder().testingMode(run.isTesting()).build();
	}

	/**
	 * Limits batches to the size that the target accepts.
	 * @param link the Link
	 * @param context the context, with the limit of the Link
	 * @param targetLimit the answer of the target
	 * @return the context with the lower limit
	 * @throws IllegalStateException if the answer is not positive
	 */
	public static LinkContext limited(Link link, LinkContext context, int targetLimit) {
		if (targetLimit < 1) {
			throw new IllegalStateException(("getBatchSizeLimit of target adapter %s returned %d; it must return how "
					+ "many records a call of pushRecords may be given, 1 or more")
				.formatted(link.targetType().getName(), targetLimit));
		}
		return (targetLimit < context.batchSizeLimit()) ? context.toBuilder().batchSizeLimit(targetLimit).build()
				: context;
	}

}
