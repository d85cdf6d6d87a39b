package io.deltasync.notify;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A message. Its components are its fields in JSON.
 *
 * @param type the type, such as {@code link.failed}
 * @param timestamp when it became true
 * @param data what it tells
 */
public record Notice(String type, Instant timestamp, Data data) {

	/** The type of test messages. */
	static final String TEST = "test";

	/**
	 * What a message tells.
	 *
	 * @param link the Link's name; null in a test of all channels
	 * @param state the state of the Link, or null
	 * @param phase {@code begin} or {@code end} of the state, or null
	 * @param since when the state began, or null
	 * @param message one sentence for people
	 * @param command the command that shows more, or null
	 * @param event the newest Sync Event, or null
	 * @param status the status of its run, or null
	 * @param lastSuccess the run timestamp of the newest success, or null
	 * @param holding the number of records that hold the window
	 * @param quarantined the number of records in quarantine
	 */
	record Data(@Nullable String link, @Nullable String state, @Nullable String phase, @Nullable Instant since,
			String message, @Nullable String command, @Nullable Long event, @Nullable String status,
			@Nullable Instant lastSuccess, int holding, int quarantined) {

	}

}
