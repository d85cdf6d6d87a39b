package io.deltasync.serve;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Clears the problems of Links that were solved elsewhere: by a run of another process,
 * or by one that a person has started. Confined to one thread.
 */
final class SolvedProblems {

	private static final Logger logger = LoggerFactory.getLogger(SolvedProblems.class);

	private final SyncEvents events;

	private final LinkProblems problems;

	/** The newest run of each Link with a problem; 0 for none. */
	private final Map<String, Long> newest = new HashMap<>();

	SolvedProblems(SyncEvents events, LinkProblems problems) {
		this.events = events;
		this.problems = problems;
	}

	/**
	 * Clears the problems of Links of which another run was successful since.
	 * @param released the Links whose runs may have ended since the last call
	 */
	void clear(Set<String> released) {
		Set<String> links = this.problems.all().stream().map(LinkProblems.Problem::link).collect(Collectors.toSet());
		this.newest.keySet().retainAll(links);
		for (String link : links) {
			Long before = this.newest.get(link);
			if (before == null || released.contains(link)) {
				look(link, before);
			}
		}
	}

	private void look(String link, @Nullable Long before) {
		try {
			SyncEvent event = this.events.newest(link).orElse(null);
			long id = (event != null) ? event.id() : 0;
			this.newest.put(link, id);
			if (event != null && before != null && id != before && event.success()) {
				this.problems.clear(link);
				logger.info("Link '{}' can be run again: another run of it was successful", link);
			}
		}
		catch (DataAccessException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			logger.debug("Link '{}': its newest run cannot be read", link, ex);
		}
	}

}
