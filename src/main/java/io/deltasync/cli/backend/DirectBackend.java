package io.deltasync.cli.backend;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.deltasync.config.ExitCode;
import io.deltasync.config.LaunchException;
import io.deltasync.console.ConflictException;
import io.deltasync.console.Person;
import io.deltasync.console.RunOptions;
import io.deltasync.console.UnknownException;
import io.deltasync.console.WaitingRequest;
import io.deltasync.console.security.AccessControl;
import io.deltasync.event.LoggedRecord;
import io.deltasync.event.Mode;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.decision.AuditedAction;
import io.deltasync.event.decision.RejectDecisions.Decision;
import io.deltasync.event.retention.LinkRemoval.Forgotten;
import io.deltasync.event.retention.Pruned;
import io.deltasync.event.view.LinkStanding;
import io.deltasync.event.view.LinkStandings;
import io.deltasync.event.view.LinkWindow;
import io.deltasync.lease.LinkBusyException;
import io.deltasync.lease.Pauses.Pause;
import io.deltasync.link.Link;
import io.deltasync.metrics.MetricsText;
import io.deltasync.notify.LinkHealth;
import io.deltasync.reject.Reject;
import io.deltasync.reject.RejectSelection;
import io.deltasync.run.plan.LinkCheck;
import io.deltasync.run.plan.Preview;
import io.deltasync.run.start.FullRuns;
import io.deltasync.trace.RecordPreview;
import io.deltasync.trace.Trace;
import io.deltasync.trace.TypedKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * What commands read and do in this process, which has opened the databases. It has more
 * than 300 lines because there is a method for each thing that commands do, most of which
 * only call the service that does it.
 */
public final class DirectBackend implements Backend {

	private static final Logger logger = LoggerFactory.getLogger(DirectBackend.class);

	private final CommandContext context;

	/**
	 * Creates it.
	 * @param context the services of this process
	 */
	public DirectBackend(CommandContext context) {
		this.context = context;
	}

	@Override
	public Instant now() {
		return this.context.clock().instant();
	}

	@Override
	public List<String> linkNames() {
		return this.context.links().all().stream().map(Link::name).toList();
	}

	@Override
	public List<LinkStanding> links() {
		LinkStandings standings = new LinkStandings(this.context.events(), this.context.rejects());
		return this.context.links().all().stream().map(standings::of).toList();
	}

	@Override
	public List<SyncEvent> events(@Nullable String link, int limit) {
		Stream<String> links = (link != null) ? Stream.of(name(link)) : this.context.links().names().stream();
		return links.flatMap((name) -> this.context.events().newest(name, limit).stream())
			.sorted(Comparator.comparing(SyncEvent::runTimestamp).reversed())
			.limit(limit)
			.toList();
	}

	@Override
	public Optional<SyncEvent> findEvent(long id) {
		return this.context.events().find(id);
	}

	@Override
	public SyncEvent newest(SyncEvent event) {
		return this.context.events().newest(event.link()).orElse(event);
	}

	@Override
	public @Nullable Instant delayedUntil(SyncEvent event) {
		return (event.status() == SyncEvent.Status.DELAYED) ? this.context.events().delayedUntil(event.id()) : null;
	}

	@Override
	public List<LoggedRecord> records(long event, int limit) {
		return this.context.log().find(event, limit);
	}

	@Override
	public SyncEvent run(String name, RunOptions options, boolean wait) throws Exception {
		Link link = this.context.links().get(name);
		checkWait(wait);
		if (options.fullIfDue() && link.fullSchedule() == null) {
			throw new LaunchException(ExitCode.USAGE.value(), FullRuns.lacking(name), "", null);
		}
		if (options.mode() == Mode.DELTA && link.lacksFullRuns()) {
			logger
				.warn("Link '{}': deletes finds deleted records in full runs only, and no full-schedule is configured; "
						+ "this run deletes nothing", name);
		}
		RunCommands runs = this.context.runs();
		if (!options.looksForFullRun()) {
			return runs.run(link, parameters(options, options.mode()));
		}
		return this.context.fullRuns()
			.startIfDue(link,
					(slot) -> runs.run(link,
							parameters(options, Mode.FULL).addString(RunParameters.SLOT, slot.toString(), false),
							FullRuns.TRIGGER),
					() -> runs.run(link, parameters(options, options.mode())));
	}

	private static JobParametersBuilder parameters(RunOptions options, Mode mode) {
		JobParametersBuilder parameters = new JobParametersBuilder().addString(RunParameters.MODE, mode.name(), false);
		options.addTo(parameters);
		return parameters;
	}

	@Override
	public SyncEvent restart(SyncEvent event, boolean wait) throws Exception {
		name(event.link());
		checkWait(wait);
		return this.context.runs().restart(event);
	}

	@Override
	public SyncEvent replay(SyncEvent event, boolean wait) throws Exception {
		Link link = this.context.links().get(event.link());
		checkWait(wait);
		return this.context.runs().replay(link, event);
	}

	private static void checkWait(boolean wait) {
		if (!wait) {
			throw new LaunchException(ExitCode.USAGE.value(),
					"--no-wait needs a running 'serve', which continues the run when the command has ended: give --server, or leave out --no-wait",
					"", null);
		}
	}

	@Override
	public void stop(SyncEvent event) throws Exception {
		this.context.runs().stop(event);
	}

	@Override
	public Preview plan(String link, Mode mode) {
		return this.context.previews().preview(this.context.links().get(link), mode);
	}

	@Override
	public RecordPreview preview(String link, Mode mode, int limit) {
		return this.context.recordPreviews().preview(this.context.links().get(link), mode, limit);
	}

	@Override
	public LinkCheck check(String link) {
		return this.context.previews().check(this.context.links().get(link));
	}

	@Override
	public LinkWindow window(String link) {
		return LinkWindow.of(this.context.links().get(link), this.context.events());
	}

	@Override
	public Optional<SyncEvent> changeWindow(String link, @Nullable Instant start) throws Exception {
		Link found = this.context.links().get(link);
		SyncEvent event = (start != null) ? this.context.runs().setWindow(found, start)
				: this.context.runs().keepWindow(found);
		return Optional.of(event).filter((changed) -> !changed.success());
	}

	@Override
	public List<WaitingRequest> requests(String link, int limit) {
		return this.context.requests().list(this.context.links().get(link), 0, limit);
	}

	@Override
	public void discardRequest(String link, long id) throws LinkBusyException {
		try {
			this.context.requests().discard(this.context.links().get(link), id, Person.atCommandLine());
		}
		catch (UnknownException | ConflictException ex) {
			throw new LaunchException(ExitCode.USAGE.value(), String.valueOf(ex.getMessage()), "", ex);
		}
	}

	@Override
	public List<Reject> rejects(String link, int limit) {
		return this.context.rejects().waiting(name(link), limit);
	}

	@Override
	public Optional<Reject> findReject(long id) {
		return this.context.rejects().find(id);
	}

	@Override
	public boolean decide(Decision decision, long id) {
		return this.context.decisions().decide(decision, reject(id), Person.atCommandLine().name());
	}

	@Override
	public long decide(Decision decision, String link, String reason) {
		return this.context.decisions()
			.decide(decision, RejectSelection.containing(name(link), reason), Long.MAX_VALUE,
					Person.atCommandLine().name());
	}

	@Override
	public Trace trace(String link, List<String> key) {
		return this.context.tracer().trace(this.context.links().get(link), new TypedKey(key));
	}

	@Override
	public SyncEvent deliver(String name, List<String> key) throws Exception {
		Link link = this.context.links().get(name);
		JobParametersBuilder parameters = this.context.tracer().delivery(link, new TypedKey(key));
		AuditedAction action = AuditedAction.begin(this.context.audit(), Person.atCommandLine().name(), "deliver", name,
				null, null, "a single record");
		SyncEvent event = action.carryOut(() -> this.context.runs().run(link, parameters));
		action.started(event.id());
		return event;
	}

	@Override
	public Optional<Pause> findPause(String link) {
		return this.context.pauses().find(name(link));
	}

	@Override
	public boolean pause(String link, @Nullable String reason) {
		return this.context.pauses().pause(name(link), Person.atCommandLine().name(), reason);
	}

	@Override
	public boolean resume(String link) {
		return this.context.pauses().resume(name(link), Person.atCommandLine().name());
	}

	@Override
	public List<LinkHealth> health(List<String> names, @Nullable Duration maxAge) {
		List<Link> links = names.isEmpty() ? this.context.links().all()
				: names.stream().map(this.context.links()::get).toList();
		Instant now = now();
		return links.stream()
			.map((link) -> LinkHealth.of(link, maxAge, this.context.events(), this.context.rejects(), now))
			.toList();
	}

	@Override
	public Pruned prune(boolean dryRun) {
		return this.context.prune().prune(this.context.links().names(), this.context.retention(), dryRun);
	}

	@Override
	public Forgotten forget(String link) throws LinkBusyException {
		if (this.context.links().names().contains(link)) {
			throw new LaunchException(ExitCode.USAGE.value(),
					"Link '%s' is still configured. Remove it from the configuration first.".formatted(link), "", null);
		}
		return this.context.removal().forget(link);
	}

	@Override
	public String metrics() {
		MetricsText text = this.context.metrics().getIfAvailable();
		if (text == null) {
			throw new LaunchException(ExitCode.USAGE.value(),
					"This application does not have io.micrometer:micrometer-registry-prometheus, which the command 'metrics' needs",
					"Add that to its dependencies.", null);
		}
		return text.read();
	}

	@Override
	public Access access() {
		AccessControl access = this.context.access().getIfAvailable();
		if (access == null) {
			throw new LaunchException(ExitCode.USAGE.value(),
					"This application has no console, so it has neither users nor tokens", "", null);
		}
		return new DirectAccess(access, this.context.links().names());
	}

	/** Returns the name of a Link that is configured. */
	private String name(String link) {
		return this.context.links().get(link).name();
	}

}
