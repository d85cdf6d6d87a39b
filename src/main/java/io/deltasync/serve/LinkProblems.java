package io.deltasync.serve;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.deltasync.event.RunRefusedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps Links from being run: problems of single Links, and an outage that concerns
 * all of them. Starts are retried each second, but a problem is logged only once, and
 * does not affect other Links. Thread-safe.
 */
public final class LinkProblems {

	private static final Logger logger = LoggerFactory.getLogger(LinkProblems.class);

	private final Map<String, Problem> reported = new ConcurrentHashMap<>();

	private final InstantSource clock;

	private volatile @Nullable Outage outage;

	/** When Links could last be run. */
	private volatile Instant aliveAt = Instant.MIN;

	/** Creates an empty list with this process's clock: the database may not answer. */
	public LinkProblems() {
		this(InstantSource.system());
	}

	/**
	 * Creates an empty list.
	 * @param clock this process's clock
	 */
	LinkProblems(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Stores a failure, and logs it unless it is the same as the last one.
	 * @param link the Link's name
	 * @param thrown the failure
	 */
	void report(String link, Throwable thrown) {
		String message = String.valueOf(thrown.getMessage());
		Problem before = this.reported.get(link);
		boolean isSame = before != null && before.message().equals(message);
		boolean isRefused = thrown instanceof RunRefusedException || (before != null && before.refused());
		this.reported.put(link,
				new Problem(link, message, (before != null) ? before.since() : this.clock.instant(), isRefused));
		if (!isSame) {
			logger.warn("Link '{}' cannot be run for now, another start is tried each {}: {}", link,
					(thrown instanceof RunRefusedException) ? "minute" : "second", message);
		}
		logger.debug("Link '{}'", link, thrown);
	}

	/**
	 * Whether the last start of a Link was refused because of its configuration.
	 * @param link the Link's name
	 * @return true until a start succeeds
	 */
	boolean isRefused(String link) {
		Problem problem = this.reported.get(link);
		return problem != null && problem.refused();
	}

	/**
	 * Clears the problem of a Link.
	 * @param link the Link's name
	 */
	void clear(String link) {
		this.reported.remove(link);
	}

	/**
	 * Stores that no Link can be run.
	 * @param thrown why not
	 */
	void reportOutage(Throwable thrown) {
		if (this.outage == null) {
			this.outage = new Outage(String.valueOf(thrown.getMessage()), this.clock.instant());
		}
	}

	/** Clears the outage, if there is one. */
	void clearOutage() {
		this.aliveAt = this.clock.instant();
		this.outage = null;
	}

	/**
	 * Lists the Links that cannot be run for now.
	 * @return their problems, by the Links' names
	 */
	public List<Problem> all() {
		return this.reported.values().stream().sorted(Comparator.comparing(Problem::link)).toList();
	}

	/**
	 * Returns why no Link is run.
	 * @return the outage; null if Links are run
	 */
	public @Nullable Outage outage() {
		return this.outage;
	}

	/**
	 * Whether this process was able to run Links a short time ago.
	 * @param silence how long it may have been unable to
	 * @return false during an outage, and if the loop does not advance
	 */
	public boolean isAlive(Duration silence) {
		return this.aliveAt.isAfter(this.clock.instant().minus(silence));
	}

	/**
	 * Why a Link cannot be run.
	 *
	 * @param link the Link's name
	 * @param message what failed; may contain credentials
	 * @param since when a start failed first, by this process's clock
	 * @param refused whether an operator must change something
	 */
	public record Problem(String link, String message, Instant since, boolean refused) {

	}

	/**
	 * Why no Link is run.
	 *
	 * @param message what failed; may contain credentials
	 * @param since since when, by this process's clock
	 */
	public record Outage(String message, Instant since) {

	}

}
