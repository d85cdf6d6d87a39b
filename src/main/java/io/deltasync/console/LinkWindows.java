package io.deltasync.console;

import java.time.Instant;

import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.event.Watermark;
import io.deltasync.event.view.LinkWindow;
import io.deltasync.link.Link;
import org.jspecify.annotations.Nullable;

/**
 * Reads where the windows of Links start, and why. Thread-safe.
 */
public class LinkWindows {

	private final SyncEvents events;

	public LinkWindows(SyncEvents events) {
		this.events = events;
	}

	/**
	 * Reads the window of a Link.
	 * @param link the Link's name
	 * @return the window of its next delta run
	 */
	public Window of(String link) {
		Watermark success = this.events.lastSuccess(link);
		Watermark next = this.events.nextWindow(link);
		long id = this.events.eventOf(link, success);
		SyncEvent event = (id > 0) ? this.events.find(id).orElse(null) : null;
		return new Window(success.sync(), success.cursor(), event, success.setAt() != null, next.sync());
	}

	/**
	 * Returns the version of a window, by which a change of it is recognized.
	 * @param link the Link
	 * @return its current version
	 */
	public String version(Link link) {
		return LinkWindow.of(link, this.events).version();
	}

	/**
	 * The window of a Link's next delta run.
	 *
	 * @param start the last success, or where a person set it; null for everything
	 * @param cursor the cursor as of then, or null
	 * @param event the run or the setting that it comes from; null if there is none, or
	 * it was pruned
	 * @param set whether a person set it
	 * @param fetchedFrom where the next run really starts, which is earlier if a run that
	 * had lost its Link may have written old records; null for everything
	 */
	public record Window(@Nullable Instant start, @Nullable String cursor, @Nullable SyncEvent event, boolean set,
			@Nullable Instant fetchedFrom) {

		/**
		 * Describes where the window comes from.
		 * @return one sentence without the number of the event
		 */
		public String provenance() {
			if (this.start == null) {
				return this.set ? "A person set it to everything" : "There is no successful run yet";
			}
			if (this.event == null) {
				return this.set ? "A person set it" : "A successful run started then";
			}
			String trigger = this.event.trigger();
			if (!this.set) {
				return "A successful %s run started then (trigger: %s)"
					.formatted((this.event.mode() == Mode.FULL) ? "full" : "delta", trigger);
			}
			return trigger.startsWith(Operations.TRIGGER)
					? "%s set it".formatted(trigger.substring(Operations.TRIGGER.length()))
					: "A person set it (trigger: %s)".formatted(trigger);
		}

	}

}
