package io.deltasync.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Which Links a person wants to see. All conditions must hold.
 *
 * @param name a part of the name, in any case; may be empty
 * @param label one of its labels; empty for any
 * @param state the state; null for any
 * @param behind how long ago the last success must be at least; null for any time
 */
public record LinkFilter(String name, String label, @Nullable LinkState state, @Nullable Duration behind) {

	/**
	 * Selects Links.
	 * @param links the Links
	 * @param now the current time
	 * @return the Links that match, in the same order
	 */
	public List<LinkOverview> apply(List<LinkOverview> links, Instant now) {
		return links.stream().filter((link) -> matches(link, now)).toList();
	}

	private boolean matches(LinkOverview link, Instant now) {
		return link.name().toLowerCase(Locale.ROOT).contains(this.name.toLowerCase(Locale.ROOT))
				&& (this.label.isEmpty() || link.labels().contains(this.label))
				&& (this.state == null || link.state() == this.state) && (this.behind == null
						|| link.lastSuccess() == null || !link.lastSuccess().isAfter(now.minus(this.behind)));
	}

}
