package io.deltasync.metrics;

import java.time.Instant;
import java.util.Map;

import io.deltasync.event.LinkStatus;
import io.deltasync.reject.Backlog;
import io.deltasync.reject.Waiting;

/**
 * How a Link stands, in numbers.
 *
 * @param asOf when that was, by the database's clock
 * @param standing where its window and its newest run stand
 * @param running whether a run holds it, in whichever process
 * @param backlog how many of its rejects wait, in each way
 * @param blockedDeletes how many deletions max-delete-share blocks
 */
public record LinkFigures(Instant asOf, LinkStatus standing, boolean running, Map<Waiting, Backlog> backlog,
		long blockedDeletes) {

	Backlog backlog(Waiting waiting) {
		return this.backlog.getOrDefault(waiting, Backlog.NONE);
	}

}
