package io.deltasync.simulation;

/** What an API may do instead of answering as it should. */
enum ApiFault {

	/** 502, without the time of the server's clock, as proxies answer. */
	UNAVAILABLE,

	/** 502, without the time, to the question for it alone. */
	NO_TIME,

	/** 429 with {@code Retry-After}, once for each request. */
	TOO_MANY,

	/** 503 with {@code Retry-After}, once for each request. */
	BUSY,

	/** 403. */
	FORBIDDEN,

	/** A page for people, with the status 200. */
	WEB_PAGE,

	/** An error with the status 200, in an answer that has no records. */
	ERROR_INSIDE,

	/** The connection ends within the body. */
	CUT,

	/** The body ends too early, and its length is the one that the head says. */
	ENDS_EARLY,

	/** The connection is reset. */
	RESET,

	/** The page before is answered again, with all that it said. */
	REPEATED,

	/** The records of the page before are answered again, as if they were this one's. */
	REPEATED_RECORDS,

	/** The last record of a page is left out. */
	SHORT,

	/** The total is another one than that of the records. */
	WRONG_TOTAL,

	/** A token of the next page, or an export, is no longer known. */
	EXPIRED;

	/** Whether a second attempt of the same request is answered. */
	boolean passes() {
		return this == TOO_MANY || this == BUSY;
	}

	/** Whether an answer looks like one that can be used. */
	boolean lies() {
		return switch (this) {
			case NO_TIME, ERROR_INSIDE, ENDS_EARLY, REPEATED, REPEATED_RECORDS, SHORT, WRONG_TOTAL -> true;
			default -> false;
		};
	}

	/** Whether it can happen to an API. */
	boolean happensTo(LinkKind kind) {
		return switch (this) {
			case REPEATED, REPEATED_RECORDS -> kind != LinkKind.EXPORTED && kind != LinkKind.FILTERED;
			case SHORT, WRONG_TOTAL -> kind != LinkKind.TOKENS && kind != LinkKind.FILTERED;
			case EXPIRED -> kind == LinkKind.OFFSETS || kind == LinkKind.TOKENS || kind == LinkKind.EXPORTED;
			default -> true;
		};
	}

}
