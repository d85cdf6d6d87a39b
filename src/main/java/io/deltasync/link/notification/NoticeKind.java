package io.deltasync.link.notification;

import java.util.Locale;

/** A state of a Link that people are notified of when it begins and when it ends. */
public enum NoticeKind {

	/** Its newest run was not successful. Ends with the next success. */
	FAILED,

	/** It had no successful run for longer than {@code stale-after}. */
	STALE,

	/** Records that failed hold its window for longer than {@code holding-after}. */
	HOLDING,

	/** Records are in quarantine. */
	QUARANTINE,

	/**
	 * The columns of its source or target have changed. Ends with the next success that
	 * meets the same columns as the one before.
	 */
	SCHEMA;

	/**
	 * Returns the name as in the configuration.
	 * @return the name in lower case
	 */
	public String words() {
		return name().toLowerCase(Locale.ROOT);
	}

}
