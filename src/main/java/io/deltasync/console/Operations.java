package io.deltasync.console;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BooleanSupplier;

import io.deltasync.audit.AuditLog;
import io.deltasync.event.Formats;
import io.deltasync.event.Mode;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.event.Watermark;
import io.deltasync.lease.Pauses;
import io.deltasync.link.Link;
import io.deltasync.link.Links;
import io.deltasync.reject.Reject;
import io.deltasync.reject.Rejects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.transaction.support.TransactionTemplate;

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

	private final Pauses pauses;

	private final AuditLog audit;

	private final RunLauncher launcher;

	private final JobOperator operator;

	private final JobRepository repository;

	private final TransactionTemplate transaction;

	private final InstantSource clock;

	public Operations(Links links, SyncEvents events, Rejects rejects, Pauses pauses, AuditLog audit,
			RunLauncher launcher, JobOperator operator, JobRepository repository, TransactionTemplate transaction,
			InstantSource clock) {
		this.links = links;
		this.events = events;
		this.rejects = rejects;
		this.pauses = pauses;
		this.audit = audit;
		this.launcher = launcher;
		this.operator = operator;
		this.repository = repository;
		this.transaction = transaction;
		this.clock = clock;
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
	 * Finds an event.
	 * @param id the event's id
	 * @return the event
	 * @throws UnknownException if there is no such event
	 */
	public SyncEvent event(long id) {
		return this.events.find(id)
			.orElseThrow(
					() -> new UnknownException("There is no Sync Event %d; it may have been pruned".formatted(id)));
	}

	/**
	 * Starts a run.
	 * @param link the Link's name
	 * @param mode {@link Mode#DELTA} or {@link Mode#FULL}
	 * @param testing whether the target must stay unchanged
	 * @param who the person
	 * @return the Sync Event; null if the run is not stored yet, because a system does
	 * not answer
	 * @throws Exception any exception of the JobOperator, for example when another run
	 * holds the Link
	 */
	public @Nullable Long run(String link, Mode mode, boolean testing, Person who) throws Exception {
		Link found = link(link);
		JobParametersBuilder parameters = parameters(mode, who);
		if (testing) {
			parameters.addString(RunParameters.TESTING, "true", false);
		}
		Long event = this.launcher.start(found.name(), parameters.toJobParameters());
		this.audit.add(who.name(), "run", found.name(), event, null,
				mode.name().toLowerCase(Locale.ROOT) + (testing ? ", testing" : ""));
		return event;
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
		Long replay = this.launcher.start(link(event.link()).name(),
				parameters(Mode.REPLAY, who).addString(RunParameters.REPLAY_OF, String.valueOf(id), false)
					.toJobParameters());
		this.audit.add(who.name(), "replay", event.link(), replay, null, "replay of event " + id);
		return replay;
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
		this.launcher.restart(execution(event));
		this.audit.add(who.name(), "restart", event.link(), id, Formats.status(event), null);
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
		this.operator.stop(execution(event));
		this.audit.add(who.name(), "stop", event.link(), id, Formats.status(event), null);
	}

	/**
	 * Sets the start of a Link's window.
	 * @param link the Link's name
	 * @param start the new start
	 * @param who the person
	 * @return the event that records the change, or null as in {@link #run}
	 * @throws Exception any exception of the JobOperator, for example when the time is in
	 * the future
	 */
	public @Nullable Long setWindow(String link, Instant start, Person who) throws Exception {
		Link found = link(link);
		Watermark before = this.events.lastSuccess(link);
		Long event = this.launcher.complete(found.name(),
				parameters(Mode.SET, who).addString(RunParameters.SET_TO, start.toString(), false).toJobParameters());
		this.audit.add(who.name(), "set-window", link, event, Formats.time(before.sync()), start.toString());
		return event;
	}

	/**
	 * Keeps a Link's window although the Link has changed.
	 * @param link the Link's name
	 * @param who the person
	 * @return the event that records the decision, or null as in {@link #run}
	 * @throws Exception any exception of the JobOperator, for example when there is no
	 * window yet
	 */
	public @Nullable Long keepWindow(String link, Person who) throws Exception {
		Link found = link(link);
		Long event = this.launcher.complete(found.name(),
				parameters(Mode.SET, who).addString(RunParameters.KEEP, "true", false).toJobParameters());
		this.audit.add(who.name(), "keep-window", link, event, null, null);
		return event;
	}

	/**
	 * Stops running a Link automatically. A run in progress continues.
	 * @param link the Link's name
	 * @param who the person
	 */
	public void pause(String link, Person who) {
		link(link);
		this.transaction.executeWithoutResult((status) -> {
			if (this.pauses.pause(link, who.name(), this.clock.instant())) {
				this.audit.add(who.name(), "pause", link, null, null, null);
			}
		});
	}

	/**
	 * Runs a paused Link automatically again.
	 * @param link the Link's name
	 * @param who the person
	 */
	public void resume(String link, Person who) {
		link(link);
		this.transaction.executeWithoutResult((status) -> {
			if (this.pauses.resume(link)) {
				this.audit.add(who.name(), "resume", link, null, null, null);
			}
		});
	}

	/**
	 * Acknowledges a reject: it no longer fails runs, and is retried on its own.
	 * @param id the reject's number
	 * @param who the person
	 */
	public void acknowledge(long id, Person who) {
		decide(id, "acknowledge", who, () -> this.rejects.acknowledge(id, this.clock.instant()));
	}

	/**
	 * Discards a reject: its record is not retried.
	 * @param id the reject's number
	 * @param who the person
	 */
	public void discard(long id, Person who) {
		decide(id, "discard", who, () -> this.rejects.discard(id));
	}

	private void decide(long id, String action, Person who, BooleanSupplier change) {
		this.transaction.executeWithoutResult((status) -> {
			Reject reject = this.rejects.find(id)
				.orElseThrow(() -> new UnknownException("There is no reject %d".formatted(id)));
			if (!change.getAsBoolean()) {
				throw new ConflictException("Reject %d is no longer waiting: it is %s".formatted(id,
						reject.state().name().toLowerCase(Locale.ROOT)));
			}
			this.audit.add(who.name(), action, reject.link(), reject.lastEvent(),
					reject.state().name().toLowerCase(Locale.ROOT), "reject " + id);
		});
	}

	private static JobParametersBuilder parameters(Mode mode, Person who) {
		return new JobParametersBuilder().addString(RunParameters.MODE, mode.name(), false)
			.addString(RunParameters.TRIGGER, TRIGGER + who.name(), false);
	}

	private JobExecution execution(SyncEvent event) {
		SyncEvent.Attempt last = event.attempts().get(event.attempts().size() - 1);
		return Objects.requireNonNull(this.repository.getJobExecution(last.jobExecutionId()));
	}

}
