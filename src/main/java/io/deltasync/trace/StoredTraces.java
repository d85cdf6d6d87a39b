package io.deltasync.trace;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.deltasync.delivered.LastDeliveries;
import io.deltasync.event.LoggedRecord.Outcome;
import io.deltasync.event.Mode;
import io.deltasync.event.RecordLog;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.link.Link;
import io.deltasync.reject.Reject;
import io.deltasync.reject.Rejects;
import io.deltasync.run.deliver.DeliveryTrial.Identity;
import io.deltasync.trace.Trace.KnownDelivery;
import io.deltasync.trace.Trace.KnownReject;
import io.deltasync.trace.Trace.Logged;
import io.deltasync.trace.Trace.Run;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is stored of records. The cost depends on the newest runs alone.
 */
final class StoredTraces {

	/** The number of runs whose log of records is searched, which has no index by key. */
	private static final int RUNS_SEARCHED = 5;

	private static final int MOST_LOGGED = 20;

	private final SyncEvents events;

	private final Rejects rejects;

	private final RecordLog log;

	private final LastDeliveries deliveries;

	StoredTraces(SyncEvents events, Rejects rejects, RecordLog log, LastDeliveries deliveries) {
		this.events = events;
		this.rejects = rejects;
		this.log = log;
		this.deliveries = deliveries;
	}

	@Nullable Run lastRun(String link) {
		return this.events.newest(link, RUNS_SEARCHED)
			.stream()
			// a verification delivers nothing, and a single record says nothing about
			// others
			.filter((event) -> event.mode() != Mode.VERIFY)
			.filter((event) -> event.mode() != Mode.REPLAY || event.replayOf() != null || !event.success())
			.findFirst()
			.map((event) -> new Run(event.id(), event.status(), event.success(), event.scopes().failed()))
			.orElse(null);
	}

	/** Returns the reject of a record, a waiting one first. */
	@Nullable KnownReject reject(String link, List<Identity> identities) {
		return identities.stream()
			.map((identity) -> this.rejects.find(link, identity.recordId()))
			.flatMap(Optional::stream)
			.filter((reject) -> reject.state() != Reject.State.TESTING)
			.min(Comparator.comparing((Reject reject) -> !reject.state().isWaiting()))
			.map((reject) -> new KnownReject(reject.id(), reject.state(), reject.stage(), reject.message(),
					reject.attempts(), reject.firstEvent(), reject.lastEvent(), reject.nextTry()))
			.orElse(null);
	}

	@Nullable KnownDelivery delivery(Link link, List<Identity> identities) {
		return identities.stream()
			.filter((identity) -> identity.rowId() != null)
			.flatMap((identity) -> this.deliveries
				.find(link.name(), link.identity().targetId(), Objects.requireNonNull(identity.rowId()))
				.map((found) -> new KnownDelivery(found.event(),
						(found.contentId() != null && identity.contentId() != null)
								? identity.isContent(found.contentId()) : null))
				.stream())
			.findFirst()
			.orElse(null);
	}

	List<Logged> log(String link, String key) {
		List<Long> runs = this.events.newest(link, RUNS_SEARCHED).stream().map(SyncEvent::id).toList();
		return this.log.ofKey(runs, key, MOST_LOGGED)
			.stream()
			.map((found) -> new Logged(found.getKey(), found.getValue().outcome(), found.getValue().message()))
			.toList();
	}

	/** Whether the newest logged outcome is a delivery. */
	static boolean isWritten(List<Logged> log) {
		return !log.isEmpty() && log.get(0).outcome() == Outcome.WRITTEN;
	}

}
