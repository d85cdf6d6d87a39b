package io.deltasync.autoconfigure;

import io.deltasync.link.Links;
import io.deltasync.notify.Pings;
import io.deltasync.run.RunEvent;
import org.springframework.context.event.EventListener;

/**
 * Calls the address of a Link's dead man's switch after each run that moved the window.
 */
class SuccessPings {

	private final Links links;

	private final Pings pings;

	SuccessPings(Links links, Pings pings) {
		this.links = links;
		this.pings = pings;
	}

	/** Called once the success is stored, and the Link is free. */
	@EventListener
	void ended(RunEvent.Ended run) {
		if (run.isSuccessful() && !run.testing() && run.mode().movesWindow()) {
			String url = this.links.get(run.link()).notifications().pingUrl();
			if (url != null) {
				this.pings.ping(url, "Link '%s'".formatted(run.link()));
			}
		}
	}

}
