package io.deltasync.cli;

import java.time.InstantSource;

import io.deltasync.console.security.AccessControl;
import io.deltasync.event.LinkRemoval;
import io.deltasync.event.Prune;
import io.deltasync.event.RecordLog;
import io.deltasync.event.RejectDecisions;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.link.Links;
import io.deltasync.link.Retention;
import io.deltasync.metrics.MetricsText;
import io.deltasync.reject.Reject;
import io.deltasync.reject.Rejects;
import io.deltasync.remote.Worker;
import io.deltasync.run.plan.Previews;
import io.deltasync.run.start.FullRuns;
import io.deltasync.serve.ServeLoop;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The services that commands use.
 *
 * @param links the Links
 * @param events the Sync Events
 * @param rejects the records that could not be delivered
 * @param decisions decides about many rejects at a time
 * @param log the outcomes of single records
 * @param prune deletes old events, rejects and scopes
 * @param removal deletes all data of a Link that is no longer configured
 * @param retention how long events, rejects and scopes are kept
 * @param runs starts runs
 * @param fullRuns determines when full runs are due
 * @param previews plans and checks runs without starting them
 * @param serveLoop runs Links automatically; created on demand
 * @param metrics prints the metrics of Links; created on demand
 * @param worker executes lanes of other processes' runs; absent when lanes are local
 * @param access manages users and access tokens; absent unless this is DeltaSync's own
 * application
 * @param clock the clock of run timestamps
 */
public record CommandContext(Links links, SyncEvents events, Rejects rejects, RejectDecisions decisions, RecordLog log,
		Prune prune, LinkRemoval removal, Retention retention, RunCommands runs, FullRuns fullRuns, Previews previews,
		ObjectProvider<ServeLoop> serveLoop, ObjectProvider<MetricsText> metrics, ObjectProvider<Worker> worker,
		ObjectProvider<AccessControl> access, InstantSource clock) {

	SyncEvent event(long id) {
		return this.events.find(id).orElseThrow(() -> new UnknownEventException(id));
	}

	/** Formats an event for people; the next step depends on newer runs. */
	String text(SyncEvent event) {
		return EventText.of(event, this.events.newest(event.link()).orElse(event), this.events.delayedUntil(event));
	}

	Reject reject(long id) {
		return this.rejects.find(id)
			.orElseThrow(() -> new UnknownRejectException(
					"There is no reject %d; the command 'rejects LINK' lists the rejects of a Link".formatted(id)));
	}

}
