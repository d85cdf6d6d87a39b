package io.deltasync.http.template;

/** The names of all placeholders. */
public final class Placeholders {

	/** The start of the window; without a value in a run that reads everything. */
	public static final String SINCE = "since";

	/** The end of the window. */
	public static final String UNTIL = "until";

	/** The time of the run. */
	public static final String RUN = "run";

	/** The token of the next page; without a value for the first page. */
	public static final String CURSOR = "cursor";

	/** The number of the page. */
	public static final String PAGE = "page";

	/** The number of records before the page. */
	public static final String OFFSET = "offset";

	/** The number of records of a page. */
	public static final String SIZE = "size";

	/** The id of a record. */
	public static final String ID = "id";

	/** The ids of several records. */
	public static final String IDS = "ids";

	/** A field of the answer to the creation of an export, by its path. */
	public static final String JOB = "job.";

	private Placeholders() {
	}

}
