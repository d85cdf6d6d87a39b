package io.deltasync.cli.backend;

import java.time.InstantSource;

import io.deltasync.audit.AuditLog;
import io.deltasync.console.WaitingRequests;
import io.deltasync.console.security.AccessControl;
import io.deltasync.event.RecordLog;
import io.deltasync.event.SyncEvents;
import io.deltasync.event.decision.PauseDecisions;
import io.deltasync.event.decision.RejectDecisions;
import io.deltasync.event.retention.LinkRemoval;
import io.deltasync.event.retention.Prune;
import io.deltasync.link.Links;
import io.deltasync.link.Retention;
import io.deltasync.metrics.MetricsText;
import io.deltasync.notify.Channels;
import io.deltasync.notify.Notifier;
import io.deltasync.reject.Rejects;
import io.deltasync.remote.Worker;
import io.deltasync.run.plan.Previews;
import io.deltasync.run.start.FullRuns;
import io.deltasync.serve.ServeLoop;
import io.deltasync.trace.RecordPreviews;
import io.deltasync.trace.Tracer;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The services that commands use.
 *
 * @param links the Links
 * @param events the Sync Events
 * @param rejects the records that could not be delivered
 * @param decisions decides about many rejects at a time
 * @param requests the pushed requests that wait
 * @param pauses pauses and resumes Links
 * @param log the outcomes of single records
 * @param tracer finds out where single records are
 * @param audit stores what people did
 * @param prune deletes old events, rejects and scopes
 * @param removal deletes all data of a Link that is no longer configured
 * @param retention how long events, rejects and scopes are kept
 * @param runs starts runs
 * @param fullRuns determines when full runs are due
 * @param previews plans and checks runs without starting them
 * @param recordPreviews fetches the first records of runs without starting them
 * @param serveLoop runs Links automatically; created on demand
 * @param metrics prints the metrics of Links; created on demand
 * @param worker executes lanes of other processes' runs; absent when lanes are local
 * @param access manages users and access tokens; absent unless this is DeltaSync's own
 * application
 * @param notifier sends notifications; created on demand
 * @param channels the channels of notifications; created on demand
 * @param clock the clock of run timestamps
 */
public record CommandContext(Links links, SyncEvents events, Rejects rejects, RejectDecisions decisions,
		WaitingRequests requests, PauseDecisions pauses, RecordLog log, Tracer tracer, AuditLog audit, Prune prune,
		LinkRemoval removal, Retention retention, RunCommands runs, FullRuns fullRuns, Previews previews,
		RecordPreviews recordPreviews, ObjectProvider<ServeLoop> serveLoop, ObjectProvider<MetricsText> metrics,
		ObjectProvider<Worker> worker, ObjectProvider<AccessControl> access, ObjectProvider<Notifier> notifier,
		ObjectProvider<Channels> channels, InstantSource clock) {
}
