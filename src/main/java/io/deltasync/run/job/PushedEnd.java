package io.deltasync.run.job;

import java.time.InstantSource;

import io.deltasync.inbox.InboxDelivery;
import io.deltasync.run.ActiveRun;
import io.deltasync.scope.Plans;
import org.springframework.batch.core.job.JobExecution;

/**
 * Stores, together with the success of a run, that the requests that it planned need no
 * further delivery: rejects that were retried at the end of the run may have kept some of
 * them. Thread-safe.
 *
 * @param plans the progress of planning, whose cursor is the last request
 * @param inbox the requests
 * @param clock the database's clock
 */
record PushedEnd(Plans plans, InboxDelivery inbox, InstantSource clock) {

	void store(ActiveRun run, JobExecution execution) {
		if (run.link().takesPushes() && Acknowledgements.isSuccess(run, execution)) {
			long event = execution.getJobInstanceId();
			String last = this.plans.find(event).cursor();
			if (last != null) {
				this.inbox.deliveredUpTo(run.link().name(), event, Long.parseLong(last), this.clock.instant());
			}
		}
	}

}
