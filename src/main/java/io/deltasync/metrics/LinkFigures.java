package io.deltasync.metrics;

import java.time.Instant;
import java.util.Map;

import io.deltasync.event.LinkStatus;
import io.deltasync.inbox.WaitingPushes;
import io.deltasync.reject.Backlog;
import io.deltasync.reject.Waiting;
import io.deltasync.verified.LastVerification;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a Link.
 *
 * @param asOf the time of the figures, by the database's clock
 * @param linkStatus the status of its window and of its newest run
 * @param running whether a run holds it, in any process
 * @param backlog the number and age of its waiting rejects, by state
 * @param blockedDeletes the number of deletions that max-delete-share blocks
 * @param pushes the pushed requests that wait; null if none does
 * @param verification its last verification; null if it was never verified
 */
public record LinkFigures(Instant asOf, LinkStatus linkStatus, boolean running, Map<Waiting, Backlog> backlog,
		long blockedDeletes, @Nullable WaitingPushes pushes, @Nullable LastVerification verification) {

	Backlog backlog(Waiting waiting) {
		return this.backlog.getOrDefault(waiting, Backlog.NONE);
	}

}
