package io.deltasync.file.read;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

import io.deltasync.file.store.FilePattern;
import io.deltasync.format.Compression;
import io.deltasync.format.FileFormat;
import io.deltasync.format.FormatOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The options of a Link that reads files. The descriptions of the components appear in
 * the configuration metadata and in the documentation.
 *
 * @param path A file, or a pattern: '*' stands for any name, '?' for any character, '**'
 * for any number of directories
 * @param connection The name of a connection of the type 'sftp' or 's3', whose directory
 * the path is in. Default: none, the files are on this machine
 * @param exclude Patterns of files that are not read, below the part of the path before
 * the first wildcard
 * @param format 'csv', 'jsonl' (an object of JSON in each line) or 'json' (an array of
 * objects)
 * @param charset The charset of the files. Default: 'UTF-8'
 * @param onMalformed What happens to bytes that are no text in the charset: 'reject' the
 * line, or 'replace' them by U+FFFD
 * @param compression 'auto' (recognises gzip by its first bytes), 'none' or 'gzip'
 * @param key Properties that identify a record. Default: none, records are identified by
 * their whole content
 * @param delta Which files a delta run reads. Default: none, all files each time
 * @param minAge Files that were changed later than that ago are not read yet. Default:
 * '0s'
 * @param stableFor Files that were changed later than that ago are looked at twice, and
 * read only if they have not changed in between. Default: none
 * @param doneFile A suffix such as '.done': a file is read only if another one exists
 * that has its name and this suffix. Default: none
 * @param waitFor How long a run waits until there is a file to read. Default: '0s'
 * @param after What happens to files after the run's success. Default: none
 * @param delimiter CSV: the character between values. Default: ','
 * @param quote CSV: the character around values that contain delimiters, line breaks or
 * quotes. Default: '"'
 * @param header CSV: the names of the columns. Default: the first line has them
 * @param skipLines CSV: the number of lines before the header, or before the first record
 * if 'header' is set. Default: '0'
 * @param nullValues CSV: values without quotes that become null. Default: the empty value
 * @param allowMissing CSV: whether values may be missing at the end of a line. They
 * become null. Default: 'false'
 * @param allowExtra CSV: whether a line may have more values than there are columns. They
 * are left out. Default: 'false'
 * @param records JSON: where the array is, such as 'data.items'. Default: the document is
 * the array
 * @param maxRecordLength Maximum number of characters of a record. Default: '4194304'
 * @param maxBadLines How many lines in a row may be unreadable. With more, the scope of
 * the file fails. Default: '100'
 */
@ConfigurationProperties("deltasync.links.*.source")
public record FileSourceOptions(String path, @Nullable String connection, @Nullable List<String> exclude,
		@DefaultValue("csv") FileFormat format, @Nullable Charset charset,
		@DefaultValue("reject") OnMalformed onMalformed, @DefaultValue("auto") Compression compression,
		@Nullable List<String> key, @NestedConfigurationProperty @Nullable FileDelta delta, @Nullable Duration minAge,
		@Nullable Duration stableFor, @Nullable String doneFile, @Nullable Duration waitFor,
		@NestedConfigurationProperty @Nullable AfterSuccess after, @Nullable Character delimiter,
		@Nullable Character quote, @Nullable List<String> header, @Nullable Integer skipLines,
		@Nullable List<String> nullValues, @Nullable Boolean allowMissing, @Nullable Boolean allowExtra,
		@Nullable String records, @Nullable Integer maxRecordLength, @Nullable Integer maxBadLines) {

	/**
	 * Checks the options.
	 * @throws IllegalArgumentException if one of them is out of its range
	 */
	public FileSourceOptions {
		exclude = (exclude != null) ? List.copyOf(exclude) : List.of();
		key = (key != null) ? List.copyOf(key) : List.of();
		header = (header != null) ? List.copyOf(header) : List.of();
		new FilePattern(path, exclude);
		if (key.stream().anyMatch(String::isBlank)) {
			throw new IllegalArgumentException("key has an empty name; give names of properties, such as id");
		}
		if (header.stream().anyMatch(String::isBlank) || new HashSet<>(header).size() < header.size()) {
			throw new IllegalArgumentException("header is %s; give each column a name of its own".formatted(header));
		}
		positive("min-age", minAge);
		positive("stable-for", stableFor);
		positive("wait-for", waitFor);
		if (doneFile != null && (doneFile.isBlank() || doneFile.indexOf('/') >= 0)) {
			throw new IllegalArgumentException("done-file is '%s'; give a suffix such as .done".formatted(doneFile));
		}
		if (delimiter != null && delimiter.equals((quote != null) ? quote : Character.valueOf('"'))) {
			throw new IllegalArgumentException("delimiter and quote are the same character; give two");
		}
		if (skipLines != null && skipLines < 0) {
			throw new IllegalArgumentException("skip-lines is %d; give 0 or more".formatted(skipLines));
		}
		if (maxRecordLength != null && maxRecordLength < 1) {
			throw new IllegalArgumentException("max-record-length is %d; give 1 or more".formatted(maxRecordLength));
		}
		if (maxBadLines != null && maxBadLines < 0) {
			throw new IllegalArgumentException("max-bad-lines is %d; give 0 or more".formatted(maxBadLines));
		}
	}

	private static void positive(String option, @Nullable Duration duration) {
		if (duration != null && duration.isNegative()) {
			throw new IllegalArgumentException(
					"%s is %s; give a duration of 0 or more, such as 1m".formatted(option, duration));
		}
	}

	FilePattern pattern() {
		return new FilePattern(this.path, exclude());
	}

	FormatOptions formatOptions() {
		FormatOptions usual = FormatOptions.DEFAULT;
		FormatOptions.Csv csv = new FormatOptions.Csv((this.delimiter != null) ? this.delimiter : ',',
				(this.quote != null) ? this.quote : '"', header(), (this.skipLines != null) ? this.skipLines : 0,
				(this.nullValues != null) ? new HashSet<>(this.nullValues) : FormatOptions.Csv.DEFAULT.nullValues(),
				this.allowMissing != null && this.allowMissing, this.allowExtra != null && this.allowExtra);
		return new FormatOptions((this.charset != null) ? this.charset : StandardCharsets.UTF_8,
				this.onMalformed == OnMalformed.REPLACE, this.compression, csv,
				(this.records != null) ? this.records : "",
				(this.maxRecordLength != null) ? this.maxRecordLength : usual.maxRecordLength(),
				(this.maxBadLines != null) ? this.maxBadLines : usual.maxBadLines());
	}

	@Override
	public List<String> exclude() {
		return (this.exclude != null) ? this.exclude : List.of();
	}

	@Override
	public List<String> key() {
		return (this.key != null) ? this.key : List.of();
	}

	@Override
	public List<String> header() {
		return (this.header != null) ? this.header : List.of();
	}

	/** What happens to bytes that are no text in the charset. */
	public enum OnMalformed {

		/** Their line is rejected. */
		REJECT,

		/** They become U+FFFD. */
		REPLACE

	}

}
