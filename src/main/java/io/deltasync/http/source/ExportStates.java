package io.deltasync.http.source;

import java.util.List;
import java.util.Map;

import io.deltasync.http.source.options.PollOptions;
import org.jspecify.annotations.Nullable;

/** What the states of an export mean. Immutable. */
record ExportStates(PollOptions poll) {

	/** Returns what the state of an export means. */
	Meaning of(Map<String, Object> job) {
		String state = String.valueOf(job.get(ExportRequests.STATUS));
		if (contains(this.poll.done(), state)) {
			return Meaning.DONE;
		}
		if (contains(this.poll.running(), state)) {
			return Meaning.RUNNING;
		}
		if (contains(this.poll.empty(), state)) {
			return Meaning.EMPTY;
		}
		return contains(this.poll.failed(), state) ? Meaning.FAILED : Meaning.UNKNOWN;
	}

	private static boolean contains(@Nullable List<String> states, String state) {
		return states != null && states.stream().anyMatch(state::equalsIgnoreCase);
	}

	/** Returns the number of records; null if it is not known. */
	@Nullable Long total(Map<String, Object> job) {
		Object total = job.get(ExportRequests.TOTAL);
		return (total instanceof Number number) ? Long.valueOf(number.longValue()) : null;
	}

	/** Returns where the state is. */
	String name() {
		return this.poll.status();
	}

	/** What a state means. */
	enum Meaning {

		/** The export can be downloaded. */
		DONE,

		/** The export is not ready. */
		RUNNING,

		/** There is nothing to download. */
		EMPTY,

		/** There will be no export. */
		FAILED,

		/** No option mentions the state. */
		UNKNOWN

	}

}
