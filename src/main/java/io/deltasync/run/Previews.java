package io.deltasync.run;

import java.time.InstantSource;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapter;
import io.deltasync.event.Mode;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvents;
import io.deltasync.link.Link;

/**
 * Asks the adapters what a run would begin with. Nothing is fetched or stored and no
 * lease is taken, so it can be asked while the Link runs. Thread-safe.
 */
public class Previews {

	private final SyncEvents events;

	private final InstantSource clock;

	public Previews(SyncEvents events, InstantSource clock) {
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Asks the target for its batch size and the source for its plan.
	 * @param link the Link
	 * @param mode DELTA or FULL
	 * @return the source's first answer
	 * @throws AbortRunException when a run would be aborted; the message says why
	 */
	public Preview preview(Link link, Mode mode) {
		RunParameters parameters = new RunParameters(this.clock.instant(), mode, link.testing(), "plan",
				this.events.lastSuccess(link.name()));
		try {
			return preview(link, parameters);
		}
		catch (Exception ex) {
			throw new AbortRunException("Link '%s': %s".formatted(link.name(), Messages.of(ex)), ex);
		}
	}

	private static Preview preview(Link link, RunParameters parameters) throws Exception {
		LinkContext unlimited = LiveRun.context(link, parameters);
		LinkContext context = LiveRun.limited(link, unlimited, link.newTarget().getBatchSizeLimit(unlimited));
		SourceAdapter source = link.newSource();
		RunContext told = new RunContext();
		FetchStrategy answer = told.call(() -> planFetch(source, context));
		if (answer == null) {
			throw new PlanningException(source, "planFetch", Planning.NULL_ANSWER);
		}
		return new Preview(link.name(), parameters.mode(), parameters.testing(), parameters.windowStart(),
				parameters.cursorBefore(), answer.checkStrategyType(), answer.checkExpectedTotalRecords(),
				answer.checkScopeCount(), told.warnings());
	}

	private static FetchStrategy planFetch(SourceAdapter source, LinkContext context) throws Exception {
		try {
			return PlanningCall.planFetch(source, context);
		}
		catch (AbortRunException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException(
					"planFetch of source adapter %s failed; mend the cause".formatted(source.getClass().getName()), ex);
		}
	}

}
