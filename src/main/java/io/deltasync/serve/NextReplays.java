package io.deltasync.serve;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.deltasync.lease.LeaseState;
import io.deltasync.link.Link;
import io.deltasync.run.start.AutoReplay;
import io.deltasync.run.start.AutoReplays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Caches the automatic replays that are to follow the newest runs of Links, whichever
 * process ran them. Queries the database only for Links whose lease has changed since the
 * last query. Confined to one thread.
 */
final class NextReplays {

	private static final Logger logger = LoggerFactory.getLogger(NextReplays.class);

	private final AutoReplays replays;

	private final LinkProblems problems;

	private final List<Link> links;

	private final Map<String, LeaseState> seen = new HashMap<>();

	private final Map<String, AutoReplay> next = new HashMap<>();

	private final Map<String, Instant> due = new HashMap<>();

	/**
	 * Creates an empty cache.
	 * @param replays determines what follows the newest run of a Link
	 * @param links the Links
	 * @param problems receives failures to read an event
	 */
	NextReplays(AutoReplays replays, Collection<Link> links, LinkProblems problems) {
		this.replays = replays;
		this.problems = problems;
		this.links = links.stream().filter((link) -> link.autoReplay() > 0).toList();
	}

	/**
	 * Updates the cache.
	 * @param states the current leases
	 * @param now the current time
	 */
	void update(List<LeaseState> states, Instant now) {
		Map<String, LeaseState> byLink = new HashMap<>();
		states.forEach((state) -> byLink.put(state.link(), state));
		for (Link link : this.links) {
			LeaseState state = byLink.get(link.name());
			if (state != null && !state.equals(this.seen.get(link.name()))) {
				query(link, state, now);
			}
		}
	}

	private void query(Link link, LeaseState state, Instant now) {
		this.next.remove(link.name());
		try {
			if (!state.held() && !state.dead()) {
				this.replays.next(link)
					.filter((replay) -> !replay.isPrevented(state))
					.ifPresent((replay) -> add(link, replay, now));
			}
			this.seen.put(link.name(), state);
		}
		catch (DataAccessException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			this.problems.report(link.name(), ex);
		}
	}

	private void add(Link link, AutoReplay replay, Instant now) {
		Instant due = replay.due(now);
		this.next.put(link.name(), replay);
		this.due.put(link.name(), due);
		logger.info(
				"Link '{}': event {} was not successful; replay {} of up to {} follows at {}, unless 'stop {}' "
						+ "prevents it or another run begins",
				link.name(), replay.event(), replay.number(), link.autoReplay(), due, replay.follows());
	}

	/**
	 * Returns the replay that is due.
	 * @param link the Link's name
	 * @param now the current time
	 * @return the replay; null when none follows the newest run, or its wait is not over
	 */
	@Nullable AutoReplay due(String link, Instant now) {
		AutoReplay replay = this.next.get(link);
		return (replay != null && !now.isBefore(this.due.getOrDefault(link, now))) ? replay : null;
	}

	/**
	 * Returns the replay that is to follow.
	 * @param link the name of a Link whose replay is due
	 * @return the replay
	 */
	AutoReplay get(String link) {
		return Objects.requireNonNull(this.next.get(link));
	}

}
