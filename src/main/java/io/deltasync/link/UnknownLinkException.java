package io.deltasync.link;

import java.util.Collection;

import io.deltasync.config.NearestName;

/**
 * Thrown if there is no Link with the requested name. The message lists all Links or, if
 * there are many, those with the most similar names.
 */
public class UnknownLinkException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private static final int MOST_LISTED = 20;

	UnknownLinkException(String name, Collection<String> known) {
		super("There is no Link '%s'%s".formatted(name,
				known.isEmpty() ? ": none is configured. Links are configured under deltasync.links"
						: NearestName.hint(name, known) + "\n" + listing(name, known)));
	}

	private static String listing(String name, Collection<String> known) {
		return (known.size() <= MOST_LISTED) ? "Links: " + String.join(", ", known)
				: "%d Links are configured; the most similar names are: %s".formatted(known.size(),
						String.join(", ", NearestName.sorted(name, known).subList(0, NearestName.MOST_SHOWN)));
	}

}
