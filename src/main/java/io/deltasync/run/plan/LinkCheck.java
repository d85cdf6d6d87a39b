package io.deltasync.run.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.deltasync.run.retry.ConnectionFailures;
import io.deltasync.run.retry.Messages;
import io.deltasync.run.retry.UnavailableException;

/**
 * The problems that would keep a run of a Link from starting.
 *
 * @param link the Link's name
 * @param problems the problems, each with the affected part of the Link; empty if a run
 * can start
 * @param warnings warnings for operators; may be empty
 * @param unavailable whether all problems are systems that cannot be reached
 */
public record LinkCheck(String link, List<String> problems, List<String> warnings, boolean unavailable) {

	/** Collects problems. Not thread-safe. */
	static final class Problems {

		private final String link;

		private final List<String> problems = new ArrayList<>();

		private final List<String> warnings = new ArrayList<>();

		private boolean onlyOutages = true;

		Problems(String link) {
			this.link = link;
		}

		void collect(String part, Callable<?> check) {
			try {
				check.call();
			}
			catch (Exception ex) {
				this.onlyOutages = this.onlyOutages
						&& (ex instanceof UnavailableException || ConnectionFailures.isOutage(ex));
				this.problems.add("%s: %s".formatted(part, Messages.of(ex)));
			}
		}

		void warn(String warning) {
			this.warnings.add(warning);
		}

		boolean isEmpty() {
			return this.problems.isEmpty();
		}

		LinkCheck toCheck() {
			return new LinkCheck(this.link, List.copyOf(this.problems), List.copyOf(this.warnings),
					!this.problems.isEmpty() && this.onlyOutages);
		}

	}

}
