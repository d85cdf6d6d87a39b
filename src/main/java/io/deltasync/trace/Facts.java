package io.deltasync.trace;

import java.util.List;

import io.deltasync.api.WindowPosition.Place;
import io.deltasync.run.deliver.DeliveryTrial.Passage;
import org.jspecify.annotations.Nullable;

/**
 * What the conclusion about a record is drawn from.
 *
 * @param link the Link's name
 * @param key the record's key as a person types it, without masked values
 * @param source whether the source has the record now
 * @param place its position relative to the next window; null if not known
 * @param way how it passes filters and mapping; null unless the source has it
 * @param target what the target has now
 * @param differences the properties in which the target differs
 * @param reject its reject if that waits, or null
 * @param delivered what is stored of its delivery
 * @param lastRun the newest run of the Link; null if there is none
 * @param deletes whether the Link deletes what the source no longer has
 */
record Facts(String link, String key, Presence source, @Nullable Place place, @Nullable Passage way, Held target,
		List<String> differences, @Nullable WaitingReject reject, Delivered delivered, @Nullable LastRun lastRun,
		boolean deletes) {

	/** Whether a system has a record. */
	enum Presence {

		PRESENT, ABSENT, UNKNOWN

	}

	/** What the target has. */
	enum Held {

		/** The values that a delivery would write. */
		SAME,

		/** Other values. */
		DIFFERENT,

		/** A row that was not compared. */
		SOMETHING,

		/** No row. */
		NOTHING,

		/** It could not be asked. */
		UNKNOWN

	}

	/** What is stored of the delivery of a record. */
	enum Delivered {

		/** The content that the source has now. */
		THIS,

		/** Another content, or one that is not known. */
		SOMETHING,

		/** Nothing: it was not delivered, or the Link does not store this. */
		NOT_KNOWN

	}

	/**
	 * A reject that waits.
	 *
	 * @param id its number
	 * @param message its reason
	 * @param open whether it fails runs
	 */
	record WaitingReject(long id, String message, boolean open) {

	}

	/**
	 * The newest run of the Link.
	 *
	 * @param event its Sync Event
	 * @param running whether it has not ended
	 * @param success whether it was successful
	 */
	record LastRun(long event, boolean running, boolean success) {

	}

}
