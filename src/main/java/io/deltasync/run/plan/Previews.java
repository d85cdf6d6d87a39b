package io.deltasync.run.plan;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.TargetAdapterForDeletes;
import io.deltasync.event.Identities;
import io.deltasync.event.LinkColumns;
import io.deltasync.event.Mode;
import io.deltasync.event.RunParameters;
import io.deltasync.event.RunRefusedException;
import io.deltasync.event.SeenColumns;
import io.deltasync.event.SyncEvents;
import io.deltasync.inbox.InboxDelivery;
import io.deltasync.link.Link;
import io.deltasync.link.Link.Deletes;
import io.deltasync.run.LinkContexts;
import io.deltasync.run.retry.Instances;
import io.deltasync.run.retry.Messages;
import io.deltasync.run.retry.UnavailableException;
import io.deltasync.scope.Plan;

/**
 * Asks the adapters how a run would start. Nothing is fetched or stored and no lease is
 * acquired, so this also works while the Link is running. Thread-safe.
 */
public class Previews {

	private final SyncEvents events;

	private final InboxDelivery inbox;

	private final SeenColumns columns;

	private final InstantSource clock;

	/**
	 * Creates the service.
	 * @param events the Sync Events
	 * @param inbox the requests that were pushed to Links
	 * @param columns the columns that runs have seen
	 * @param clock the clock
	 */
	public Previews(SyncEvents events, InboxDelivery inbox, SeenColumns columns, InstantSource clock) {
		this.events = events;
		this.inbox = inbox;
		this.columns = columns;
		this.clock = clock;
	}

	/**
	 * Asks the target for its batch size and the source for its plan.
	 * @param link the Link
	 * @param mode DELTA or FULL
	 * @return the source's first answer
	 * @throws AbortRunException if a run would be aborted; the message says why
	 * @throws IllegalStateException if a run would be refused; its cause is the
	 * {@link RunRefusedException}
	 */
	public Preview preview(Link link, Mode mode) {
		AnswerLimit limit = new AnswerLimit(link);
		Instant now = this.clock.instant();
		checkStart(link, mode, now, limit);
		RunParameters parameters = new RunParameters(now, mode, link.testing(), "plan",
				this.events.nextWindow(link.name()));
		try {
			return preview(link, parameters, limit);
		}
		catch (UnavailableException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new AbortRunException("Link '%s': %s".formatted(link.name(), Messages.of(ex)), ex);
		}
	}

	private void checkStart(Link link, Mode mode, Instant now, AnswerLimit limit) {
		try {
			StartCheck.checkMode(link, mode);
			checkUnchanged(link, mode, limit);
			KeyCheck.check(link, now, limit);
			StartCheck.check(link, now, limit);
		}
		catch (RunRefusedException ex) {
			throw new IllegalStateException(ex.getMessage(), ex);
		}
	}

	private void checkUnchanged(Link link, Mode mode, AnswerLimit limit) throws RunRefusedException {
		new Identities(limit.identity(), this.events.lastIdentity(link.name())).checkWindow(link.name(), mode);
	}

	private Preview preview(Link link, RunParameters parameters, AnswerLimit limit) throws Exception {
		LinkContext unlimited = LinkContexts.of(link, parameters);
		RunContext callContext = new RunContext();
		LinkContext context = LinkContexts.limited(link, unlimited, limit.askTarget(() -> callContext
			.call(() -> Instances.use(link.newTarget(), (target) -> target.getBatchSizeLimit(unlimited)))));
		checkNames(link, context, limit, callContext);
		columnChanges(link, context, limit).forEach(callContext::addWarning);
		// both ends have just answered, and planning a large table may take its time
		FetchStrategy answer = link.takesPushes()
				? PlanningCall.ofPushes(Plan.NONE, this.inbox.next(link.name())).answer()
				: callContext.call(() -> Instances.use(link.newSource(), (source) -> planFetch(source, context)));
		return new Preview(link.name(), parameters.mode(), parameters.testing(), parameters.windowStart(),
				parameters.cursorBefore(), callContext.description(), answer.checkStrategyType(),
				answer.checkExpectedTotalRecords(), answer.checkScopeCount(), callContext.warnings());
	}

	/**
	 * Checks everything that could keep a run from starting, without planning it.
	 * @param link the Link
	 * @return the problems and warnings; a problem of the Link never causes an exception
	 */
	public LinkCheck check(Link link) {
		LinkCheck.Problems problems = new LinkCheck.Problems(link.name());
		RunParameters parameters = new RunParameters(this.clock.instant(), Mode.DELTA, link.testing(), "validate",
				this.events.lastSuccess(link.name()));
		LinkContext context = LinkContexts.of(link, parameters);
		RunContext callContext = new RunContext();
		problems.collect("window", () -> {
			AnswerLimit limit = new AnswerLimit(link);
			String same = Identities.sameData(limit.identity());
			if (same != null) {
				problems.warn(same);
			}
			checkUnchanged(link, Mode.DELTA, limit);
			return true;
		});
		// each end has the full time, so that neither is blamed for the other
		problems.collect("target", () -> new AnswerLimit(link).askTarget(() -> callContext
			.call(() -> Instances.use(link.newTarget(), (target) -> target.getBatchSizeLimit(context)))));
		problems.collect("source", () -> validateSource(link, context, callContext));
		if (problems.isEmpty()) {
			AnswerLimit limit = new AnswerLimit(link);
			problems.collect("key", () -> {
				String warning = KeyCheck.check(link, parameters.runTimestamp(), limit);
				if (warning != null) {
					problems.warn(warning);
				}
				return true;
			});
			problems.collect("mapping", () -> {
				checkNames(link, context, limit, callContext);
				return true;
			});
			columnChanges(link, context, limit).forEach(problems::warn);
		}
		if (link.lacksFullRuns()) {
			problems.warn("deletes finds deleted records in full runs only, and no full-schedule is configured");
		}
		callContext.warnings().forEach(problems::warn);
		return problems.toCheck();
	}

	private static boolean validateSource(Link link, LinkContext context, RunContext callContext) throws Exception {
		Callable<Boolean> validation = () -> callContext.call(() -> Instances.use(link.newSource(), (source) -> {
			source.validate(context);
			return true;
		}));
		// a source that has just answered may take its time, for example to search for
		// the highest value in a large table
		return hasAnswered(link, context) ? validation.call() : new AnswerLimit(link).askSource(validation);
	}

	/** Returns false if the source has failed: its validation has a better message. */
	private static boolean hasAnswered(Link link, LinkContext context) {
		try {
			new AnswerLimit(link).askSource(() -> new RunContext()
				.call(() -> Instances.use(link.newSource(), (source) -> source.propertyNames(context))));
			return true;
		}
		catch (UnavailableException ex) {
			throw ex;
		}
		catch (Exception ex) {
			return false;
		}
	}

	/**
	 * Checks the property names with the target. Skipped if filters may change
	 * properties, because only they know how they change the names.
	 */
	private static void checkNames(Link link, LinkContext context, AnswerLimit limit, RunContext callContext)
			throws Exception {
		if (link.deletes() == Deletes.HARD) {
			limit.askTarget(() -> callContext.call(() -> Instances.use(link.newTarget(), (target) -> {
				if (target instanceof TargetAdapterForDeletes deleting) {
					deleting.validateDeletes(context);
				}
				return true;
			})));
		}
		List<String> given = limit.askSource(() -> callContext
			.call(() -> Instances.use(link.newSource(), (source) -> source.propertyNames(context))));
		if (!given.isEmpty() && !link.changesPropertiesByFilters()) {
			limit.askTarget(() -> callContext.call(() -> Instances.use(link.newTarget(), (target) -> {
				target.validate(context, link.mapping().names(given));
				return true;
			})));
		}
	}

	/** Describes what the next run will report as changed. */
	private List<String> columnChanges(Link link, LinkContext context, AnswerLimit limit) {
		LinkColumns known = this.columns.find(link.name()).known();
		return (known == null) ? List.of()
				: ColumnChanges.describe(link, known,
						ColumnQuestions.ask(link, context, limit.identity(), known, limit::askSource, limit::askTarget),
						ColumnQuestions.properties(link, context, limit::askSource));
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
					Messages.ofSource(source, "planFetch", "", ex, "Correct the cause, then try again"), ex);
		}
	}

}
