package io.deltasync.console;

import java.util.Locale;

import io.deltasync.event.SyncEvent.Status;
import org.jspecify.annotations.Nullable;

/**
 * The state of a Link in one word, most urgent first.
 */
public enum LinkState {

	/** The process of its last run died. */
	CRASHED("crashed", "✖"),

	/** Its last run could not continue. */
	FAILED("failed", "✖"),

	/** Records or scopes that failed hold its window. */
	HOLDING("holding", "▲"),

	/** A person or a signal stopped its last run. */
	STOPPED("stopped", "■"),

	/** It is not run automatically, because a person paused it. */
	PAUSED("paused", "❚❚"),

	/** Its run is about to repeat a call that failed. */
	RETRYING("retrying", "↻"),

	/** Its source asked its run to wait. */
	WAITING("waiting", "◷"),

	/** It is being run. */
	RUNNING("running", "▶"),

	/** It was never run. */
	NEW("never run", "○"),

	/** Its last run was successful. */
	OK("in step", "✔");

	private final String words;

	private final String icon;

	LinkState(String words, String icon) {
		this.words = words;
		this.icon = icon;
	}

	/**
	 * Returns the state in words.
	 * @return one or two lower-case words
	 */
	public String words() {
		return this.words;
	}

	/**
	 * Returns a character that shows the state without colour.
	 * @return the icon
	 */
	public String icon() {
		return this.icon;
	}

	/**
	 * Returns the name that style sheets use.
	 * @return the name in lower case
	 */
	public String css() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Whether a person has to do something.
	 * @return true after a run that was not successful
	 */
	public boolean needsAttention() {
		return compareTo(STOPPED) <= 0;
	}

	/**
	 * Determines the state of a Link.
	 * @param status the status of its newest run; null if there is none
	 * @param success whether that run was successful
	 * @param paused whether a person paused it
	 * @param retrying whether that run is about to repeat a call
	 * @return the state
	 */
	static LinkState of(@Nullable Status status, boolean success, boolean paused, boolean retrying) {
		if (status == null) {
			return paused ? PAUSED : NEW;
		}
		return switch (status) {
			case PLANNING, FETCHING -> retrying ? RETRYING : RUNNING;
			case DELAYED -> WAITING;
			case ABORTED -> FAILED;
			case CRASHED -> CRASHED;
			case STOPPED -> paused ? PAUSED : STOPPED;
			case COMPLETED -> !success ? HOLDING : paused ? PAUSED : OK;
		};
	}

}
