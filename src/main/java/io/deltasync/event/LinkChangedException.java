package io.deltasync.event;

import java.util.List;

/**
 * Thrown when a run would use the window or the plan of a Link whose source, target, key
 * or delta column has changed since. Nothing was started.
 */
public class LinkChangedException extends RunRefusedException {

	private static final long serialVersionUID = 1L;

	private LinkChangedException(String message) {
		super(message);
	}

	/**
	 * Creates the exception that refuses a delta run.
	 * @param link the Link's name
	 * @param changes what has changed
	 * @return the exception
	 */
	public static LinkChangedException sinceLastSuccess(String link, List<String> changes) {
		return new LinkChangedException(
				("Link '%s' has changed since its last successful run: %s. A delta run would leave out all records that "
						+ "have not changed since then. Fetch everything with 'run %s --full'; or, if it is the same data at "
						+ "a new address, keep the window with 'window %s --keep'")
					.formatted(link, String.join("; ", changes), link, link));
	}

	/**
	 * Creates the exception that refuses to restart or replay a run.
	 * @param link the Link's name
	 * @param event the run's event
	 * @param changes what has changed
	 * @return the exception
	 */
	public static LinkChangedException sinceEvent(String link, long event, List<String> changes) {
		return new LinkChangedException(
				("Link '%s' has changed since event %d was started: %s. That event can be neither restarted nor "
						+ "replayed. Undo the change, or fetch everything with 'run %s --full'")
					.formatted(link, event, String.join("; ", changes), link));
	}

}
