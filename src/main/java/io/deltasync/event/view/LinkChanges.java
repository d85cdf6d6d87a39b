package io.deltasync.event.view;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.api.AbortRunException;
import io.deltasync.event.Identities;
import io.deltasync.event.SyncEvents;
import io.deltasync.link.Link;
import io.deltasync.link.LinkIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Describes how a Link has changed since its last successful run.
 */
public final class LinkChanges {

	private LinkChanges() {
	}

	/**
	 * Describes the changes. Does not connect to source or target.
	 * @param link the Link as it is configured now
	 * @param events the Sync Events, with the last success
	 * @return sentences for an operator; empty when the Link has not changed
	 */
	public static List<String> of(Link link, SyncEvents events) {
		LinkIdentity last = events.lastIdentity(link.name());
		if (last == null) {
			return List.of();
		}
		try {
			return of(link.name(), link.identity(), last);
		}
		catch (AbortRunException ex) {
			return List.of(String.valueOf(ex.getMessage()));
		}
	}

	private static List<String> of(String link, @Nullable LinkIdentity now, LinkIdentity last) {
		Identities identities = new Identities(now, last);
		List<String> changes = new ArrayList<>();
		if (now != null && !now.changesSince(last).isEmpty()) {
			changes.add("Delta runs are refused: %s. Run 'run %s --full'; or 'window %s --keep' if it is the same data"
				.formatted(String.join("; ", now.changesSince(last)), link, link));
		}
		if (identities.isReshaped()) {
			changes.add(Identities.reshaped(link));
		}
		return changes;
	}

}
