package io.deltasync.event.view;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.deltasync.event.SyncEvents;
import io.deltasync.event.Watermark;
import io.deltasync.link.Link;
import org.jspecify.annotations.Nullable;

/**
 * The window of a Link. The components are its fields in JSON.
 *
 * @param link the Link's name
 * @param lastSuccessfulSync the start of the window of the next delta run; null if it
 * fetches everything
 * @param lastSuccessfulCursor the cursor of that run, or null
 * @param setAt the time at which a person set it; null if a successful run did
 * @param changes changes of the Link since its last successful run, with the remedy; may
 * be empty
 */
public record LinkWindow(String link, @Nullable Instant lastSuccessfulSync, @Nullable String lastSuccessfulCursor,
		@Nullable Instant setAt, List<String> changes) {

	/**
	 * Reads the window of a Link.
	 * @param link the Link
	 * @param events the Sync Events
	 * @return its window
	 */
	public static LinkWindow of(Link link, SyncEvents events) {
		Watermark success = events.lastSuccess(link.name());
		return new LinkWindow(link.name(), success.sync(), success.cursor(), success.setAt(),
				LinkChanges.of(link, events));
	}

	/**
	 * Returns everything that people see of the window in a short form, so that nobody
	 * overwrites a window that they have not seen.
	 * @return the version, which changes whenever the window does
	 */
	public String version() {
		return UUID.nameUUIDFromBytes(toString().getBytes(StandardCharsets.UTF_8)).toString();
	}

}
