package io.deltasync.serve;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.deltasync.event.RunRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes wrong with single Links: it is tried again each second, but told once, and
 * keeps no other Link from being run. Thread-safe.
 */
public final class LinkProblems {

	private static final Logger logger = LoggerFactory.getLogger(LinkProblems.class);

	private final Map<String, String> told = new ConcurrentHashMap<>();

	private final Set<String> changed = ConcurrentHashMap.newKeySet();

	/**
	 * Tells what went wrong, unless it did before.
	 * @param link the Link's name
	 * @param thrown what was thrown
	 */
	void tell(String link, Throwable thrown) {
		String message = String.valueOf(thrown.getMessage());
		boolean isChanged = thrown instanceof RunRefusedException;
		if (isChanged) {
			this.changed.add(link);
		}
		if (!message.equals(this.told.put(link, message))) {
			logger.warn("Link '{}' cannot be run for now, which is tried again each {}: {}", link,
					isChanged ? "minute" : "second", message);
		}
		logger.debug("Link '{}'", link, thrown);
	}

	/**
	 * Whether the last start of a Link was refused because of its configuration.
	 * @param link the Link's name
	 * @return true until a start succeeds
	 */
	boolean isChanged(String link) {
		return this.changed.contains(link);
	}

	/**
	 * Notes that nothing is wrong any more.
	 * @param link the Link's name
	 */
	void over(String link) {
		this.told.remove(link);
		this.changed.remove(link);
	}

}
