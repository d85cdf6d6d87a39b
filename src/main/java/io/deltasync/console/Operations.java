package io.deltasync.console;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.deltasync.audit.AuditLog;
import io.deltasync.config.ExitCode;
import io.deltasync.config.LaunchException;
import io.deltasync.event.Formats;
import io.deltasync.event.Mode;
import io.deltasync.event.PlannedEvent;
import io.deltasync.event.RunParameters;
import io.deltasync.event.StoredExecutions;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.event.Watermark;
import io.deltasync.event.decision.AuditedAction;
import io.deltasync.event.decision.PauseDecisions;
import io.deltasync.event.decision.RejectDecisions;
import io.deltasync.event.decision.RejectDecisions.Decision;
import io.deltasync.event.view.LinkWindow;
import io.deltasync.link.Link;
import io.deltasync.link.Links;
import io.deltasync.link.UnknownLinkException;
import io.deltasync.reject.Reject;
import io.deltasync.reject.Rejects;
import io.deltasync.run.start.FullRuns;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

/**
 * Everything that a person can do with Links, runs and rejects. Each action is stored in
 * the audit log. Thread-safe.
 */
public class Operations {

	/** Precedes the person's name in the trigger of a run. */
	static final String TRIGGER = "console:";

	private final Links links;

	private final SyncEvents events;

	private final Rejects rejects;

	private final PauseDecisions pauses;

	private final RejectDecisions decisions;

	private final AuditLog audit;

	private final LinkStarter starter;

	private final JobOperator operator;

	private final JobRepository repository;

	private final FullRuns fullRuns;

	public Operations(Links links, SyncEvents events, Rejects rejects, RejectDecisions decisions, PauseDecisions pauses,
			AuditLog audit, LinkStarter starter, JobOperator operator, JobRepository repository, FullRuns fullRuns) {
		this.links = links;
		this.events = events;
		this.rejects = rejects;
		this.decisions = decisions;
		this.pauses = pauses;
		this.audit = audit;
		this.starter = starter;
		this.operator = operator;
		this.repository = repository;
		this.fullRuns = fullRuns;
	}

	/**
	 * Finds a Link.
	 * @param name the Link's name
	 * @return the Link
	 * @throws UnknownException if no such Link is configured
	 */
	public Link link(String name) {
		if (!this.links.names().contains(name)) {
			throw new UnknownException("No Link '%s' is configured".formatted(name));
		}
		return this.links.get(name);
	}

	/**
	 * Finds a Link, and suggests similar ones if there is none.
	 * @param name the Link's name
	 * @return the Link
	 * @throws UnknownLinkException if no such Link is configured
	 */
	public Link similarLink(String name) {
		return this.links.get(name);
	}

	/**
	 * Finds an event.
	 * @param id the event's id
	 * @return the event
	 * @throws UnknownException if there is no such event
	 */
	public SyncEvent event(long id) {
		return this.events.find(id).orElseThrow(() -> unknownEvent(id));
	}

	/**
	 * Finds an event and its plan.
	 * @param id the event's id
	 * @return both
	 * @throws UnknownException if there is no such event
	 */
	public PlannedEvent plannedEvent(long id) {
		return this.events.findPlanned(id).orElseThrow(() -> unknownEvent(id));
	}

	private static UnknownException unknownEvent(long id) {
		return new UnknownException("There is no Sync Event %d; it may have been pruned".formatted(id));
	}

	/**
	 * Starts a run.
	 * @param link the Link's name
	 * @param options what is asked of it
	 * @param who the person
	 * @return the Sync Event; null if the run is not stored yet, because a system does
	 * not answer
	 * @throws Exception any exception of the JobOperator, for example when another run
	 * holds the Link
	 */
	public @Nullable Long run(String link, RunOptions options, Person who) throws Exception {
		Link found = link(link);
		if (options.fullIfDue() && found.fullSchedule() == null) {
			throw new LaunchException(ExitCode.USAGE.value(), FullRuns.lacking(link), "", null);
		}
		return start(found, options, who);
	}

	private @Nullable Long start(Link link, RunOptions options, Person who) throws Exception {
		AuditedAction action = begin(who, "run", link.name(), null, null, options.words());
		Callable<Optional<Long>> asked = () -> start(link, parameters(options.mode(), who.trigger()), options, action);
		Optional<Long> event = options
			.looksForFullRun()
					? this.fullRuns
						.startIfDue(link,
								(slot) -> start(link, parameters(Mode.FULL, FullRuns.TRIGGER)
									.addString(RunParameters.SLOT, slot.toString(), false), options, action),
								asked)
					: asked.call();
		return event.orElse(null);
	}

	private Optional<Long> start(Link link, JobParametersBuilder parameters, RunOptions options, AuditedAction action)
			throws Exception {
		options.addTo(parameters);
		// a start that another process was faster with has left its failure there
		action.amend(options.words());
		return Optional.ofNullable(this.starter.start(link.name(), parameters.toJobParameters(), action));
	}

	/**
	 * Replays a run: delivers its failed scopes and rejects again.
	 * @param id the event
	 * @param who the person
	 * @return the Sync Event of the replay, or null as in {@link #run}
	 * @throws Exception any exception of the JobOperator, for example when there is
	 * nothing to replay
	 */
	public @Nullable Long replay(long id, Person who) throws Exception {
		SyncEvent event = event(id);
		return this.starter.start(link(event.link()).name(),
				parameters(Mode.REPLAY, who.trigger()).addString(RunParameters.REPLAY_OF, String.valueOf(id), false)
					.toJobParameters(),
				begin(who, "replay", event.link(), null, null, "replay of event " + id));
	}

	/**
	 * Restarts a run: fetches what is missing of it.
	 * @param id the event
	 * @param who the person
	 * @throws Exception any exception of the JobOperator, for example when a newer run
	 * exists
	 */
	public void restart(long id, Person who) throws Exception {
		SyncEvent event = event(id);
		link(event.link());
		JobExecution execution = execution(event);
		this.starter.restart(execution, begin(who, "restart", event.link(), id, Formats.status(event), null));
	}

	/**
	 * Asks a run to stop.
	 * @param id the event
	 * @param who the person
	 * @throws Exception any exception of the JobOperator, for example when the run has
	 * ended
	 */
	public void stop(long id, Person who) throws Exception {
		SyncEvent event = event(id);
		JobExecution execution = execution(event);
		begin(who, "stop", event.link(), id, Formats.status(event), null).carryOut(() -> this.operator.stop(execution));
	}

	/**
	 * Sets the start of a Link's window.
	 * @param link the Link's name
	 * @param start the new start
	 * @param seen the version of the window that the person has seen, or several with
	 * commas between: {@link LinkWindow#version()}
	 * @param who the person
	 * @return the event that records the change, or null as in {@link #run}
	 * @throws Exception any exception of the JobOperator, for example when the time is in
	 * the future, or the window has changed meanwhile
	 */
	public @Nullable Long setWindow(String link, Instant start, String seen, Person who) throws Exception {
		Link found = link(link);
		Watermark before = this.events.lastSuccess(link);
		return this.starter.complete(found.name(),
				parameters(Mode.SET, who.trigger()).addString(RunParameters.SET_TO, start.toString(), false)
					.addString(RunParameters.IF_WINDOW, seen, false)
					.toJobParameters(),
				begin(who, "set-window", link, null, Formats.time(before.sync()), start.toString()));
	}

	/**
	 * Keeps a Link's window although the Link has changed.
	 * @param link the Link's name
	 * @param seen the version of the window that the person has seen, as above
	 * @param who the person
	 * @return the event that records the decision, or null as in {@link #run}
	 * @throws Exception any exception of the JobOperator, for example when there is no
	 * window yet, or it has changed meanwhile
	 */
	public @Nullable Long keepWindow(String link, String seen, Person who) throws Exception {
		Link found = link(link);
		return this.starter.complete(found.name(),
				parameters(Mode.SET, who.trigger()).addString(RunParameters.KEEP, "true", false)
					.addString(RunParameters.IF_WINDOW, seen, false)
					.toJobParameters(),
				begin(who, "keep-window", link, null, null, null));
	}

	/**
	 * Stops running a Link automatically. A run in progress continues.
	 * @param link the Link's name
	 * @param who the person
	 * @param reason why, for the audit log, or null
	 */
	public void pause(String link, Person who, @Nullable String reason) {
		link(link);
		this.pauses.pause(link, who.name(), reason);
	}

	/**
	 * Runs a paused Link automatically again.
	 * @param link the Link's name
	 * @param who the person
	 */
	public void resume(String link, Person who) {
		link(link);
		this.pauses.resume(link, who.name());
	}

	/**
	 * Acknowledges a reject: it no longer fails runs, and is retried on its own.
	 * @param id the reject's number
	 * @param who the person
	 */
	public void acknowledge(long id, Person who) {
		decide(id, Decision.ACKNOWLEDGE, who);
	}

	/**
	 * Discards a reject: its record is not retried.
	 * @param id the reject's number
	 * @param who the person
	 */
	public void discard(long id, Person who) {
		decide(id, Decision.DISCARD, who);
	}

	private void decide(long id, Decision decision, Person who) {
		if (!this.decisions.decide(decision, reject(id), who.name())) {
			throw new ConflictException("Reject %d is no longer waiting: it is %s".formatted(id,
					reject(id).state().name().toLowerCase(Locale.ROOT)));
		}
	}

	private Reject reject(long id) {
		return this.rejects.find(id).orElseThrow(() -> new UnknownException("There is no reject %d".formatted(id)));
	}

	private AuditedAction begin(Person who, String action, String link, @Nullable Long event, @Nullable String before,
			@Nullable String after) {
		return AuditedAction.begin(this.audit, who.name(), action, link, event, before, after);
	}

	private static JobParametersBuilder parameters(Mode mode, String trigger) {
		return new JobParametersBuilder().addString(RunParameters.MODE, mode.name(), false)
			.addString(RunParameters.TRIGGER, trigger, false);
	}

	private JobExecution execution(SyncEvent event) {
		return StoredExecutions.last(this.repository, event)
			.orElseThrow(() -> new UnknownException("Sync Event %d has just been pruned".formatted(event.id())));
	}

}
