package io.deltasync.format;

import java.io.IOException;
import java.io.InputStream;

/**
 * How records are written in a file or an answer.
 */
public enum FileFormat {

	/** Values separated by commas, or by another character. */
	CSV,

	/** An object of JSON in each line. */
	JSONL,

	/** An array of objects of JSON. */
	JSON;

	/**
	 * Begins to read.
	 * @param in what is read; closed with the reader, and if opening fails
	 * @param name what is read, for messages: the name of a file, or an address
	 * @param options how it is read
	 * @return the reader
	 * @throws IOException if the beginning cannot be read, for example because the header
	 * has a name twice
	 */
	public RecordReader open(InputStream in, String name, FormatOptions options) throws IOException {
		try {
			InputStream decompressed = options.compression().decompress(in, name);
			return switch (this) {
				case CSV -> new CsvRecords(new TextLines(decompressed, options), name, options);
				case JSONL -> new JsonLines(new TextLines(decompressed, options), name, options);
				case JSON -> new JsonArray(decompressed, name, options);
			};
		}
		catch (IOException | RuntimeException ex) {
			in.close();
			throw ex;
		}
	}

}
