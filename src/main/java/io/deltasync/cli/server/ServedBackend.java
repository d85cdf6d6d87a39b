package io.deltasync.cli.server;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.deltasync.cli.backend.Access;
import io.deltasync.cli.backend.Backend;
import io.deltasync.config.ExitCode;
import io.deltasync.console.RunOptions;
import io.deltasync.console.WaitingRequest;
import io.deltasync.event.LoggedRecord;
import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.decision.RejectDecisions.Decision;
import io.deltasync.event.retention.LinkRemoval.Forgotten;
import io.deltasync.event.retention.Pruned;
import io.deltasync.event.view.LinkStanding;
import io.deltasync.event.view.LinkWindow;
import io.deltasync.lease.Pauses.Pause;
import io.deltasync.notify.LinkHealth;
import io.deltasync.reject.Reject;
import io.deltasync.run.plan.LinkCheck;
import io.deltasync.run.plan.Preview;
import io.deltasync.trace.RecordPreview;
import io.deltasync.trace.Trace;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What commands read and do through a server. It has more than 300 lines because there is
 * a method for each thing that commands do, most of which send one request.
 */
final class ServedBackend implements Backend {

	private static final int NOT_FOUND = 404;

	private static final int CONFLICT = 409;

	private final ApiClient api;

	private final PrintWriter err;

	/**
	 * Creates it.
	 * @param api the server
	 * @param err is told what hinders while a run is followed
	 */
	ServedBackend(ApiClient api, PrintWriter err) {
		this.api = api;
		this.err = err;
	}

	@Override
	public Instant now() {
		return this.api.get("server", Server.class).time();
	}

	@Override
	public List<String> linkNames() {
		return links().stream().map(LinkStanding::name).toList();
	}

	@Override
	public List<LinkStanding> links() {
		return this.api.list("standings", LinkStanding.class);
	}

	@Override
	public List<SyncEvent> events(@Nullable String link, int limit) {
		return (link != null) ? this.api.list(path(link, "events?"), SyncEvent.class, limit)
				: this.api.list("events?", SyncEvent.class, limit);
	}

	@Override
	public Optional<SyncEvent> findEvent(long id) {
		return find(() -> this.api.get("events/" + id, SyncEvent.class));
	}

	@Override
	public SyncEvent newest(SyncEvent event) {
		String ofLink = "events?link=%s&".formatted(ApiClient.encode(event.link()));
		return this.api.list(ofLink, SyncEvent.class, 1).stream().findFirst().orElse(event);
	}

	@Override
	public @Nullable Instant delayedUntil(SyncEvent event) {
		if (event.status() != SyncEvent.Status.DELAYED) {
			return null;
		}
		return find(() -> this.api.get("links/" + ApiClient.encode(event.link()), Delay.class)).map(Delay::delayedUntil)
			.orElse(null);
	}

	@Override
	public List<LoggedRecord> records(long event, int limit) {
		return this.api.list("events/%d/records?".formatted(event), LoggedRecord.class, limit);
	}

	@Override
	public SyncEvent run(String link, RunOptions options, boolean wait) {
		return follow(path(link, "runs"), RunBody.of(options), wait);
	}

	@Override
	public SyncEvent restart(SyncEvent event, boolean wait) {
		return follow("events/%d/restart".formatted(event.id()), null, wait);
	}

	@Override
	public SyncEvent replay(SyncEvent event, boolean wait) {
		return follow("events/%d/replay".formatted(event.id()), null, wait);
	}

	private SyncEvent follow(String path, @Nullable Map<String, ?> body, boolean wait) {
		Started started = this.api.post(path, body, Started.class);
		if (started.event() == null) {
			throw new ServerException(ExitCode.ABORTED,
					"The run of Link '%s' is being started, but is not stored yet, because a system does not answer. 'events %s' shows it once it is"
						.formatted(started.link(), started.link()));
		}
		SyncEvent event = event(started.event());
		return wait ? new FollowedRun(this.api, event, this.err).await() : event;
	}

	@Override
	public void stop(SyncEvent event) {
		this.api.request("POST", "events/%d/stop".formatted(event.id()), null, null);
	}

	@Override
	public Preview plan(String link, Mode mode) {
		return this.api.post(path(link, "plan"), Map.of("full", mode == Mode.FULL), Preview.class);
	}

	@Override
	public RecordPreview preview(String link, Mode mode, int limit) {
		return this.api.post(path(link, "preview"), Map.of("full", mode == Mode.FULL, "limit", limit),
				RecordPreview.class);
	}

	@Override
	public LinkCheck check(String link) {
		return this.api.post(path(link, "check"), null, LinkCheck.class);
	}

	@Override
	public LinkWindow window(String link) {
		return this.api.get(path(link, "window"), LinkWindow.class);
	}

	@Override
	public Optional<SyncEvent> changeWindow(String link, @Nullable Instant start) {
		String path = path(link, "window");
		String etag = this.api.request("GET", path, null, null).etag();
		try {
			this.api.request("PUT", path, (start != null) ? Map.of("start", start) : Map.of("keep", true), etag);
			return Optional.empty();
		}
		catch (ServerException ex) {
			if (ex.status() == CONFLICT && ex.getExitCode() != ExitCode.BUSY.value() && ex.event() != null) {
				return findEvent(ex.event());
			}
			throw ex;
		}
	}

	@Override
	public List<WaitingRequest> requests(String link, int limit) {
		return this.api.list(path(link, "records?"), WaitingRequest.class, limit);
	}

	@Override
	public void discardRequest(String link, long id) {
		this.api.request("DELETE", path(link, "records/" + id), null, null);
	}

	@Override
	public List<Reject> rejects(String link, int limit) {
		return this.api.list(path(link, "rejects/waiting?"), Reject.class, limit);
	}

	@Override
	public Optional<Reject> findReject(long id) {
		return find(() -> this.api.get("rejects/" + id, Reject.class));
	}

	@Override
	public boolean decide(Decision decision, long id) {
		try {
			this.api.request("POST", "rejects/%d/%s".formatted(id, word(decision)), null, null);
			return true;
		}
		catch (ServerException ex) {
			if (ex.status() == CONFLICT) {
				return false;
			}
			throw ex;
		}
	}

	@Override
	public long decide(Decision decision, String link, String reason) {
		return this.api.post(path(link, "rejects/" + word(decision)), Map.of("reason", reason), Decided.class)
			.rejects();
	}

	private static String word(Decision decision) {
		return (decision == Decision.ACKNOWLEDGE) ? "acknowledge" : "discard";
	}

	@Override
	public Trace trace(String link, List<String> key) {
		return this.api.get(path(link, "trace?key=" + ApiClient.encode(String.join(",", key))), Trace.class);
	}

	@Override
	public SyncEvent deliver(String link, List<String> key) {
		return follow(path(link, "deliveries"), Map.of("key", String.join(",", key)), true);
	}

	@Override
	public Optional<Pause> findPause(String link) {
		return Optional.ofNullable(this.api.get("links/" + ApiClient.encode(link), Paused.class).pause());
	}

	@Override
	public boolean pause(String link, @Nullable String reason) {
		if (findPause(link).isPresent()) {
			return false;
		}
		this.api.request("POST", path(link, "pause"), (reason != null) ? Map.of("reason", reason) : null, null);
		return true;
	}

	@Override
	public boolean resume(String link) {
		if (findPause(link).isEmpty()) {
			return false;
		}
		this.api.request("POST", path(link, "resume"), null, null);
		return true;
	}

	@Override
	public List<LinkHealth> health(List<String> links, @Nullable Duration maxAge) {
		String query = (maxAge != null) ? "?maxAge=" + maxAge : "";
		if (links.isEmpty()) {
			return this.api.list("health" + query, LinkHealth.class);
		}
		return links.stream().map((link) -> this.api.get(path(link, "health" + query), LinkHealth.class)).toList();
	}

	@Override
	public Pruned prune(boolean dryRun) {
		return this.api.post("prune", Map.of("dryRun", dryRun), Pruned.class);
	}

	@Override
	public Forgotten forget(String link) {
		return this.api.post("forget", Map.of("link", link), Forgotten.class);
	}

	@Override
	public String metrics() {
		return this.api.get("metrics", JsonNode.class).get("text").asString();
	}

	@Override
	public Access access() {
		return new ServedAccess(this.api);
	}

	private static String path(String link, String rest) {
		return "links/%s/%s".formatted(ApiClient.encode(link), rest);
	}

	private static <T> Optional<T> find(Supplier<T> request) {
		try {
			return Optional.of(request.get());
		}
		catch (ServerException ex) {
			if (ex.status() == NOT_FOUND && ex.getExitCode() == ExitCode.USAGE.value()) {
				return Optional.empty();
			}
			throw ex;
		}
	}

	/** The answer about a run that was started. */
	record Started(String link, @Nullable Long event) {

	}

	/** The answer about a decision. */
	record Decided(long rejects) {

	}

	/** The part of the answer about a Link that says who has paused it. */
	record Paused(@Nullable Pause pause) {

	}

	/** The part of the answer about a Link that says until when its run waits. */
	record Delay(@Nullable Instant delayedUntil) {

	}

}
