package io.deltasync.format;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * How records are read.
 *
 * @param charset the charset
 * @param replaceMalformed whether bytes that are no text in the charset become U+FFFD;
 * otherwise their line cannot be read
 * @param compression whether what is read is compressed
 * @param csv how CSV is read
 * @param records where the array is in a JSON document: names of properties, separated by
 * dots; empty if the document is the array
 * @param maxRecordLength the highest number of characters of a record
 * @param maxBadLines how many lines in a row may be unreadable
 */
public record FormatOptions(Charset charset, boolean replaceMalformed, Compression compression, Csv csv, String records,
		int maxRecordLength, int maxBadLines) {

	/** The usual options: UTF-8, commas, a header, 4 Mi characters, 100 bad lines. */
	public static final FormatOptions DEFAULT = new FormatOptions(StandardCharsets.UTF_8, false, Compression.AUTO,
			Csv.DEFAULT, "", 4 * 1024 * 1024, 100);

	/**
	 * How CSV is read.
	 *
	 * @param delimiter what separates values
	 * @param quote what encloses values that contain delimiters or line breaks
	 * @param header the names of the columns; empty if the first line has them
	 * @param skipLines how many lines precede the header or the first record
	 * @param nullValues values without quotes that become null
	 * @param allowMissing whether values may be missing at the end of a line; they become
	 * null
	 * @param allowExtra whether a line may have more values than the header has names;
	 * they are left out
	 */
	public record Csv(char delimiter, char quote, List<String> header, int skipLines, Set<String> nullValues,
			boolean allowMissing, boolean allowExtra) {

		/**
		 * Commas, double quotes, a header, and null for an empty value without quotes.
		 */
		public static final Csv DEFAULT = new Csv(',', '"', List.of(), 0, Set.of(""), false, false);

	}

}
