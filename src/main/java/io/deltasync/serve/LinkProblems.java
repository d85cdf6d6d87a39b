package io.deltasync.serve;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.deltasync.event.RunRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Problems of single Links. Starts are retried each second, but a problem is logged only
 * once, and does not affect other Links. Thread-safe.
 */
public final class LinkProblems {

	private static final Logger logger = LoggerFactory.getLogger(LinkProblems.class);

	private final Map<String, String> reported = new ConcurrentHashMap<>();

	private final Set<String> refused = ConcurrentHashMap.newKeySet();

	/**
	 * Logs a failure, unless it is the same as the last one.
	 * @param link the Link's name
	 * @param thrown the failure
	 */
	void report(String link, Throwable thrown) {
		String message = String.valueOf(thrown.getMessage());
		boolean isRefused = thrown instanceof RunRefusedException;
		if (isRefused) {
			this.refused.add(link);
		}
		if (!message.equals(this.reported.put(link, message))) {
			logger.warn("Link '{}' cannot be run for now, another start is tried each {}: {}", link,
					isRefused ? "minute" : "second", message);
		}
		logger.debug("Link '{}'", link, thrown);
	}

	/**
	 * Whether the last start of a Link was refused because of its configuration.
	 * @param link the Link's name
	 * @return true until a start succeeds
	 */
	boolean isRefused(String link) {
		return this.refused.contains(link);
	}

	/**
	 * Clears the problem of a Link.
	 * @param link the Link's name
	 */
	void clear(String link) {
		this.reported.remove(link);
		this.refused.remove(link);
	}

}
