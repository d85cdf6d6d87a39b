package io.deltasync.file.write;

import java.time.Instant;

/**
 * Names the files in the directory of a Link: parts, each with a batch, whose order by
 * name is that of their delivery; the file that joins the parts of a run and of all runs
 * before it; and the same file once its records are in place, in case the end of the run
 * is repeated.
 */
final class PartNames {

	static final String TEMPORARY = ".tmp";

	private static final String PART = ".batch";

	private static final String JOINED = ".joined";

	private static final String PLACED = ".placed";

	private PartNames() {
	}

	/**
	 * Returns the name of a part.
	 * @param run the time of the run
	 * @param instance identifies the target instance; later ones are greater
	 * @param number the number of the batch within the instance
	 */
	static String part(Instant run, String instance, long number) {
		return "%s-%s-%09d%s".formatted(FilePath.time(run), instance, number, PART);
	}

	static String joined(Instant run) {
		return FilePath.time(run) + JOINED;
	}

	static String placed(Instant run) {
		return FilePath.time(run) + PLACED;
	}

	static boolean isPart(String name) {
		return name.endsWith(PART);
	}

	static boolean isJoined(String name) {
		return name.endsWith(JOINED);
	}

	static boolean isPlaced(String name) {
		return name.endsWith(PLACED);
	}

}
