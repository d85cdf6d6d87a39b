package io.deltasync.run;

import java.time.InstantSource;
import java.util.List;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.TargetAdapter;
import io.deltasync.api.TargetAdapterForDeletes;
import io.deltasync.event.Identities;
import io.deltasync.event.Mode;
import io.deltasync.event.RunParameters;
import io.deltasync.event.RunRefusedException;
import io.deltasync.event.SyncEvents;
import io.deltasync.link.Link;
import io.deltasync.link.Link.Deletes;
import org.jspecify.annotations.Nullable;

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
	 * @throws IllegalStateException when a run would be refused; its cause is the
	 * {@link RunRefusedException}
	 */
	public Preview preview(Link link, Mode mode) {
		checkStart(link, mode);
		RunParameters parameters = new RunParameters(this.clock.instant(), mode, link.testing(), "plan",
				this.events.nextWindow(link.name()));
		try {
			return preview(link, parameters);
		}
		catch (Exception ex) {
			throw new AbortRunException("Link '%s': %s".formatted(link.name(), Messages.of(ex)), ex);
		}
	}

	private void checkStart(Link link, Mode mode) {
		checkUnchanged(link, mode);
		try {
			StartCheck.check(link);
		}
		catch (RunRefusedException ex) {
			throw new IllegalStateException(ex.getMessage(), ex);
		}
	}

	private void checkUnchanged(Link link, Mode mode) {
		try {
			KeyCheck.check(link);
			new Identities(link.identity(), this.events.lastIdentity(link.name())).checkWindow(link.name(), mode);
		}
		catch (RunRefusedException ex) {
			throw new IllegalStateException(ex.getMessage(), ex);
		}
	}

	private static Preview preview(Link link, RunParameters parameters) throws Exception {
		LinkContext unlimited = LiveRun.context(link, parameters);
		RunContext told = new RunContext();
		FetchStrategy answer = told.call(() -> {
			LinkContext context = LiveRun.limited(link, unlimited,
					Instances.use(link.newTarget(), (target) -> target.getBatchSizeLimit(unlimited)));
			checkNames(link, context);
			return Instances.use(link.newSource(), (source) -> planFetch(source, context));
		});
		return new Preview(link.name(), parameters.mode(), parameters.testing(), parameters.windowStart(),
				parameters.cursorBefore(), answer.checkStrategyType(), answer.checkExpectedTotalRecords(),
				answer.checkScopeCount(), told.warnings());
	}

	/**
	 * Checks everything that a run would refuse at its start, without planning it.
	 * @param link the Link
	 * @return what is wrong with it; never throws for what is wrong with a Link
	 */
	public LinkCheck check(Link link) {
		LinkCheck.Problems problems = new LinkCheck.Problems(link.name());
		RunParameters parameters = new RunParameters(this.clock.instant(), Mode.DELTA, link.testing(), "validate",
				this.events.lastSuccess(link.name()));
		LinkContext context = LiveRun.context(link, parameters);
		RunContext told = new RunContext();
		problems.collect("window", () -> {
			checkUnchanged(link, Mode.DELTA);
			return true;
		});
		problems.collect("target",
				() -> told.call(() -> Instances.use(link.newTarget(), (target) -> target.getBatchSizeLimit(context))));
		problems.collect("source", () -> told.call(() -> {
			return Instances.use(link.newSource(), (source) -> {
				source.validate(context);
				return true;
			});
		}));
		if (problems.areNone()) {
			problems.collect("key", () -> {
				KeyCheck.check(link);
				return true;
			});
			problems.collect("mapping", () -> told.call(() -> {
				checkNames(link, context);
				return true;
			}));
		}
		if (link.lacksFullRuns()) {
			problems.warn("deletes finds deleted records in full runs only, and no full-schedule is configured");
		}
		String same = Identities.sameData(link.identity());
		if (same != null) {
			problems.warn(same);
		}
		told.warnings().forEach(problems::warn);
		return problems.toCheck();
	}

	/** What filters make of the names only they know. */
	private static void checkNames(Link link, LinkContext context) throws Exception {
		if (link.deletes() == Deletes.HARD) {
			Instances.<TargetAdapter, @Nullable Void>use(link.newTarget(), (target) -> {
				if (target instanceof TargetAdapterForDeletes deleting) {
					deleting.validateDeletes(context);
				}
				return null;
			});
		}
		List<String> given = Instances.use(link.newSource(), (source) -> source.propertyNames(context));
		if (!given.isEmpty() && link.filters().isEmpty()) {
			Instances.<TargetAdapter, @Nullable Void>use(link.newTarget(), (target) -> {
				target.validate(context, link.mapping().names(given));
				return null;
			});
		}
	}

	private static FetchStrategy planFetch(SourceAdapter source, LinkContext context) throws Exception {
		try {
			FetchStrategy answer = PlanningCall.planFetch(source, context);
			if (answer == null) {
				throw new PlanningException(source, "planFetch", Planning.NULL_ANSWER);
			}
			return answer;
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
