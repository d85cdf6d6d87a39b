package io.deltasync.http.source.page;

import io.deltasync.api.RecordInFlight;
import io.deltasync.http.json.AnswerException;
import org.jspecify.annotations.Nullable;

/**
 * Follows the order of the records of a page.
 */
@FunctionalInterface
public interface PageOrder {

	/** Any order. */
	PageOrder ANY = (made) -> {
	};

	/**
	 * Receives the next record of the page.
	 * @throws AnswerException if the page does not have the order; the message is the
	 * predicate of a sentence about the answer
	 */
	void add(RecordInFlight made);

	/**
	 * Returns the highest number of this page and the pages before it; null if there is
	 * none.
	 */
	default @Nullable Long highest() {
		return null;
	}

	/**
	 * Whether records of this page may come again on the next one, because newer ones are
	 * added before them.
	 */
	default boolean isGrowing() {
		return false;
	}

	/** Whether the next pages have no changes. */
	default boolean isEnough() {
		return false;
	}

}
