package io.deltasync.run.start;

import java.util.List;

import io.deltasync.event.FetchedWindows;
import io.deltasync.event.Mode;
import io.deltasync.event.ReplayOrigin;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.event.Watermark;
import io.deltasync.run.RunStorage;
import io.deltasync.run.plan.ReplayPlan;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;

/**
 * Decides what a replay is to bring again. No scope whose window was fetched again by a
 * successful run: what it gives could be older than what was delivered since.
 */
final class ReplayResolver {

	private final SyncEvents events;

	private final RunStorage stores;

	ReplayResolver(SyncEvents events, RunStorage stores) {
		this.events = events;
		this.stores = stores;
	}

	/**
	 * Finds the event that is to be replayed.
	 * @param link the Link whose job is to replay it
	 * @param id the event's number, as it was given
	 * @return the event
	 * @throws InvalidJobParametersException when it is not one that can be replayed
	 */
	SyncEvent find(String link, String id) throws InvalidJobParametersException {
		SyncEvent event = id.matches("\\d{1,18}") ? this.events.find(Long.parseLong(id)).orElse(null) : null;
		if (event == null) {
			throw new InvalidJobParametersException(
					"Link '%s': there is no Sync Event %s to replay; the command 'events' lists those that there are"
						.formatted(link, id));
		}
		String reason = !event.link().equals(link) ? "it is one of Link '%s'".formatted(event.link())
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
	 * Decides what to replay of an event. It holds for as long as the caller holds the
	 * lease of the Link.
	 * @param event the event
	 * @return what to replay
	 * @throws InvalidJobParametersException when nothing is left of it to replay
	 */
	ReplayOrigin decide(SyncEvent event) throws InvalidJobParametersException {
		boolean full = this.events.parameters(event.id()).map(RunParameters::isFull).orElse(false);
		ReplayOrigin replayed = new ReplayOrigin(event.id(), full,
				new Watermark(event.windowStart(), event.cursorBefore()),
				!new FetchedWindows(this.events).isFetchedAgain(event));
		ReplayPlan plan = new ReplayPlan(this.stores);
		if (Boolean.TRUE.equals(this.stores.transaction().execute((status) -> plan.isEmpty(event.link(), replayed)))) {
			List<String> leftOut = this.stores.transaction().execute((status) -> plan.leftOut(event.link(), replayed));
			throw new InvalidJobParametersException("Link '%s': nothing of event %d is left to replay%s"
				.formatted(event.link(), event.id(), leftOut.isEmpty() ? "" : ": " + String.join("; ", leftOut)));
		}
		return replayed;
	}

}
