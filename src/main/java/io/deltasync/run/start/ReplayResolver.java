package io.deltasync.run.start;

import java.util.List;

import io.deltasync.event.FetchedWindows;
import io.deltasync.event.Mode;
import io.deltasync.event.ReplayOrigin;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.event.Watermark;
import io.deltasync.link.Link;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.plan.ReplayPlan;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;

/**
 * Decides what a replay fetches again. It leaves out scopes whose window was fetched
 * again by a successful run, because their records could be older than those delivered
 * since.
 */
final class ReplayResolver {

	private final SyncEvents events;

	private final ReplayPlan plan;

	private final RunTransactions transactions;

	ReplayResolver(SyncEvents events, ReplayPlan plan, RunTransactions transactions) {
		this.events = events;
		this.plan = plan;
		this.transactions = transactions;
	}

	/**
	 * Finds the event to replay.
	 * @param link the Link whose job will replay it
	 * @param id the event's number, as given by the caller
	 * @return the event
	 * @throws InvalidJobParametersException if there is no such event or it cannot be
	 * replayed
	 */
	SyncEvent find(String link, String id) throws InvalidJobParametersException {
		SyncEvent event = id.matches("\\d{1,18}") ? this.events.find(Long.parseLong(id)).orElse(null) : null;
		if (event == null) {
			throw new InvalidJobParametersException(
					"Link '%s': there is no Sync Event %s to replay; the command 'events' lists all events"
						.formatted(link, id));
		}
		String reason = !event.link().equals(link) ? "it belongs to Link '%s'".formatted(event.link())
				: !event.status().ended() ? "it has not ended; wait until it has, or stop it"
						: (event.mode() == Mode.SET) ? "it set the window and fetched nothing"
								: event.testing() ? "it was a testing run, and had nothing to deliver" : null;
		if (reason != null) {
			throw new InvalidJobParametersException(
					"Link '%s': event %d cannot be replayed: %s".formatted(link, event.id(), reason));
		}
		return event;
	}

	/**
	 * Decides what to replay of an event. The decision is valid while the caller holds
	 * the lease of the Link.
	 * @param event the event
	 * @return what to replay
	 * @throws InvalidJobParametersException if nothing of the event is left to replay
	 */
	ReplayOrigin decide(SyncEvent event) throws InvalidJobParametersException {
		boolean full = this.events.parameters(event.id()).map(RunParameters::isFull).orElse(false);
		ReplayOrigin replayed = new ReplayOrigin(event.id(), full,
				new Watermark(event.windowStart(), event.cursorBefore()),
				event.mode() != Mode.VERIFY && !new FetchedWindows(this.events).isFetchedAgain(event));
		if (this.transactions.call(() -> this.plan.isEmpty(event.link(), replayed))) {
			List<String> leftOut = this.transactions.call(() -> this.plan.leftOut(event.link(), replayed));
			throw new InvalidJobParametersException("Link '%s': nothing of event %d is left to replay%s"
				.formatted(event.link(), event.id(), leftOut.isEmpty() ? "" : ": " + String.join("; ", leftOut)));
		}
		return replayed;
	}

}
