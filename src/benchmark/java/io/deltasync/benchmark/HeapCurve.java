package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The heap in use after each collection, as the JVM logs it.
 *
 * @param mebibytes from the first collection to the last
 */
record HeapCurve(List<Integer> mebibytes) {

	/** Lets the JVM write the log into its working directory. */
	static final String OPTION = "-Xlog:gc:file=gc.log";

	private static final Pattern COLLECTION = Pattern.compile("\\d+M->(\\d+)M\\(");

	static HeapCurve of(Path directory) throws IOException {
		return new HeapCurve(COLLECTION.matcher(Files.readString(directory.resolve("gc.log")))
			.results()
			.map((MatchResult line) -> Integer.valueOf(line.group(1)))
			.toList());
	}

	/** The greatest value of each tenth of the collections. */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		int size = this.mebibytes.size();
		for (int part = 0; part < 10 && size >= 10; part++) {
			text.append((part > 0) ? ", " : "")
				.append(this.mebibytes.subList(size * part / 10, size * (part + 1) / 10)
					.stream()
					.mapToInt(Integer::intValue)
					.max()
					.orElseThrow());
		}
		return text.toString();
	}

}
