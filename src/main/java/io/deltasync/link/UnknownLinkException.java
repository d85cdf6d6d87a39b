package io.deltasync.link;

import java.util.Collection;

/**
 * There is no Link of the name asked for. The message lists those that there are.
 */
public class UnknownLinkException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UnknownLinkException(String name, Collection<String> known) {
		super("There is no Link '%s'%s".formatted(name,
				known.isEmpty() ? ": none is configured. Links are configured under deltasync.links"
						: NearestName.hint(name, known) + "\nLinks: " + String.join(", ", known)));
	}

}
