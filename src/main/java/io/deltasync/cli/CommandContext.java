package io.deltasync.cli;

import java.time.InstantSource;

import io.deltasync.event.LinkRemoval;
import io.deltasync.event.Prune;
import io.deltasync.event.RecordLog;
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
 * What commands work with.
 *
 * @param links the Links
 * @param events the Sync Events
 * @param rejects the records that could not be delivered
 * @param log what became of single records
 * @param prune removes what is over
 * @param removal deletes what is stored of a Link that is no longer configured
 * @param retention how long that is kept
 * @param runs starts runs
 * @param fullRuns finds out when full runs are due
 * @param previews tells what a run would begin with
 * @param resident runs Links by itself; made when it is asked for
 * @param metrics tells how Links stand in numbers; made when it is asked for
 * @param worker carries out lanes of other processes' runs; none where lanes are local
 * @param clock the clock that run timestamps are told by
 */
public record CommandContext(Links links, SyncEvents events, Rejects rejects, RecordLog log, Prune prune,
		LinkRemoval removal, Retention retention, RunCommands runs, FullRuns fullRuns, Previews previews,
		ObjectProvider<ServeLoop> resident, ObjectProvider<MetricsText> metrics, ObjectProvider<Worker> worker,
		InstantSource clock) {

	SyncEvent event(long id) {
		return this.events.find(id).orElseThrow(() -> new UnknownEventException(id));
	}

	/** An event as a person reads it: what to do next depends on newer runs. */
	String text(SyncEvent event) {
		return EventText.of(event, this.events.newest(event.link()).orElse(event), this.events.delayedUntil(event));
	}

	Reject reject(long id) {
		return this.rejects.find(id)
			.orElseThrow(() -> new UnknownRejectException(
					"There is no reject %d; the command 'rejects LINK' lists those that there are".formatted(id)));
	}

}
