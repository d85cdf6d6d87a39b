package io.deltasync.serve;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes wrong with single Links: it is tried again each second, but told once, and
 * keeps no other Link from being run. Thread-safe.
 */
final class Troubles {

	private static final Logger logger = LoggerFactory.getLogger(Troubles.class);

	private final Map<String, String> told = new ConcurrentHashMap<>();

	/**
	 * Tells what went wrong, unless it did before.
	 * @param link the Link's name
	 * @param thrown what was thrown
	 */
	void tell(String link, Throwable thrown) {
		String message = String.valueOf(thrown.getMessage());
		if (!message.equals(this.told.put(link, message))) {
			logger.warn("Link '{}' cannot be run for now, which is tried again each second: {}", link, message);
		}
		logger.debug("Link '{}'", link, thrown);
	}

	/**
	 * Notes that nothing is wrong any more.
	 * @param link the Link's name
	 */
	void over(String link) {
		this.told.remove(link);
	}

}
