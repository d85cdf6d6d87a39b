package io.deltasync.file.write;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

import io.deltasync.file.store.StorePaths;

/**
 * The path of the file that a run writes, and of what is kept back until then.
 *
 * @param directory the directories before the first placeholder; empty if there are none
 * @param name the rest of the path
 */
record FilePath(String directory, String name) {

	static final String RUN = "{run}";

	private static final String DATE = "{date}";

	private static final Pattern OTHER = Pattern.compile("\\{(?!run}|date})|(?<!\\{run|\\{date)}");

	/** As exact as the time of a run, and in the order of time as text. */
	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSSSSS'Z'")
		.withZone(ZoneOffset.UTC);

	private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

	static void check(String path) {
		if (path.isBlank() || path.endsWith("/")) {
			throw new IllegalArgumentException(
					"path is '%s'; give a file, such as /srv/out/orders-{run}.csv".formatted(path));
		}
		if (OTHER.matcher(path).find()) {
			throw new IllegalArgumentException(
					"path is '%s'; its placeholders can be {run} and {date}".formatted(path));
		}
		StorePaths.checked(of(path).name());
	}

	static FilePath of(String path) {
		int placeholder = path.indexOf('{');
		int end = path.lastIndexOf('/', (placeholder >= 0) ? placeholder : path.length());
		return new FilePath((end > 0) ? path.substring(0, end) : (end == 0) ? "/" : "", path.substring(end + 1));
	}

	String of(Instant run) {
		return this.name.replace(RUN, time(run)).replace(DATE, DAY.format(run));
	}

	static String time(Instant run) {
		return TIME.format(run);
	}

	/**
	 * Returns the directory of what a Link has delivered, but not yet put into place. It
	 * is hidden, so nobody takes it for a finished file.
	 */
	static String parts(String link) {
		return ".deltasync-" + link + "/";
	}

}
