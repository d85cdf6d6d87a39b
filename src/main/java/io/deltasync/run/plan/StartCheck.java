package io.deltasync.run.plan;

import java.time.Instant;
import java.util.List;

import io.deltasync.api.LinkContext;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.TargetAdapterForVerify;
import io.deltasync.event.Mode;
import io.deltasync.event.RunRefusedException;
import io.deltasync.event.UnverifiableException;
import io.deltasync.link.Link;
import io.deltasync.run.LinkContexts;
import io.deltasync.run.retry.Instances;
import io.deltasync.run.retry.UnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a Link's source whether a run can start at all. A source that only fails to answer
 * is left to planning, which retries and is stored as an event.
 */
public final class StartCheck {

	private static final Logger logger = LoggerFactory.getLogger(StartCheck.class);

	private StartCheck() {
	}

	/**
	 * Checks that a Link can be run in a mode.
	 * @param link the Link
	 * @param mode the mode
	 * @throws RunRefusedException if its records are pushed, so that they cannot all be
	 * fetched, or if its target cannot be verified
	 */
	public static void checkMode(Link link, Mode mode) throws RunRefusedException {
		if (mode == Mode.VERIFY && link.takesPushes()) {
			throw new UnverifiableException(
					"Link '%s': its records are pushed, so there is nothing to fetch that its target could be compared with"
						.formatted(link.name()));
		}
		if (mode == Mode.VERIFY && !TargetAdapterForVerify.class.isAssignableFrom(link.targetType())) {
			throw new UnverifiableException(
					"Link '%s': its target cannot be verified, because its adapter %s does not implement %s"
						.formatted(link.name(), link.targetType().getName(), TargetAdapterForVerify.class.getName()));
		}
		if (mode == Mode.FULL && link.takesPushes()) {
			throw new RunRefusedException(
					"Link '%s': its records are pushed, so a full run has nothing to fetch. 'run %s' delivers what waits"
						.formatted(link.name(), link.name()));
		}
	}

	/**
	 * Asks the source.
	 * @param link the Link
	 * @param now the current time
	 * @param limit limits the wait for the source
	 * @return the names of the properties for the target; empty if they are unknown or
	 * the Link has no delta column
	 * @throws RunRefusedException if the source refuses the run
	 * @throws UnavailableException if the source does not answer in time
	 */
	public static List<String> check(Link link, Instant now, AnswerLimit limit) throws RunRefusedException {
		try {
			return limit.askSource(() -> check(link, LinkContexts.beforeRun(link, now)));
		}
		catch (RunRefusedException | UnavailableException ex) {
			throw ex;
		}
		catch (Exception ex) {
			logger.debug("Link '{}': the source did not answer whether a run can start", link.name(), ex);
			return List.of();
		}
	}

	private static List<String> check(Link link, LinkContext context) throws Exception {
		SourceAdapter source = link.newSource();
		try {
			String refusal = source.refusal(context);
			if (refusal != null) {
				throw new RunRefusedException("Link '%s': %s".formatted(link.name(), refusal));
			}
			List<String> given = link.hasDeltaColumn() ? source.propertyNames(context) : List.of();
			return given.isEmpty() ? given : link.mapping().names(given);
		}
		finally {
			Instances.close(List.of(source));
		}
	}

}
