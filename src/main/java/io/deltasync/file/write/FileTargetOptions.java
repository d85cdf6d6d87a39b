package io.deltasync.file.write;

import java.util.HashSet;
import java.util.List;

import io.deltasync.format.FileFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The options of a Link that writes files. The descriptions of the components appear in
 * the configuration metadata and in the documentation.
 *
 * @param path The file that a run writes. '{run}' stands for the time of the run, such as
 * '20261130T120000123456Z', '{date}' for its date in UTC, such as '2026-11-30'
 * @param connection The name of a connection of the type 'sftp' or 's3', whose directory
 * the path is in. Default: none, the file is on this machine
 * @param format 'csv' or 'jsonl' (an object of JSON in each line)
 * @param replace Whether each run may replace the file of the run before: required if the
 * path does not contain '{run}'. Default: 'false'
 * @param columns CSV: the properties that are written, in order. A record with others is
 * rejected. Default: those that the records of the run have
 * @param headerLine CSV: whether the first line has the names of the columns
 * @param delimiter CSV: the character between values. Default: ','
 * @param quote CSV: whether values are put into quotes 'always' or only if 'needed'. Null
 * never is, so that it differs from the empty text
 * @param gzip Whether the file is compressed. Default: 'false'
 * @param operationColumn A property that is added to each record: 'upsert', 'update' or
 * 'delete'. Of deleted records only the key is known. Default: none, deletions are
 * refused
 * @param batchSize Maximum number of records that are stored at once, 1 or more. Default:
 * '1000'
 */
@ConfigurationProperties("deltasync.links.*.target")
public record FileTargetOptions(String path, @Nullable String connection, @DefaultValue("csv") FileFormat format,
		@Nullable Boolean replace, @Nullable List<String> columns, @DefaultValue("true") boolean headerLine,
		@Nullable Character delimiter, @DefaultValue("needed") Quote quote, @Nullable Boolean gzip,
		@Nullable String operationColumn, @Nullable Integer batchSize) {

	/**
	 * Checks the options.
	 * @throws IllegalArgumentException if one of them is out of its range
	 */
	public FileTargetOptions {
		columns = (columns != null) ? List.copyOf(columns) : List.of();
		FilePath.check(path);
		boolean replaces = replace != null && replace;
		if (path.contains(FilePath.RUN) == replaces) {
			throw new IllegalArgumentException(replaces
					? "replace is true, but with {run} each run has a file of its own; leave one of them out"
					: "path is '%s', the same for each run, so a run would overwrite what the last one has written; use {run}, or set replace: true"
						.formatted(path));
		}
		if (format == FileFormat.JSON) {
			throw new IllegalArgumentException("format is json; files are written as csv or jsonl");
		}
		if (columns.stream().anyMatch(String::isBlank) || new HashSet<>(columns).size() < columns.size()) {
			throw new IllegalArgumentException("columns is %s; give each column a name of its own".formatted(columns));
		}
		if (delimiter != null && "\"\r\n".indexOf(delimiter) >= 0) {
			throw new IllegalArgumentException("delimiter is a quote or a line break; give another character");
		}
		if (operationColumn != null && operationColumn.isBlank()) {
			throw new IllegalArgumentException("operation-column is empty; give a name, or leave it out");
		}
		if (batchSize != null && batchSize < 1) {
			throw new IllegalArgumentException("batch-size is %d; give 1 or more".formatted(batchSize));
		}
	}

	@Override
	public List<String> columns() {
		return (this.columns != null) ? this.columns : List.of();
	}

	@Override
	public Character delimiter() {
		return (this.delimiter != null) ? this.delimiter : ',';
	}

	@Override
	public Boolean gzip() {
		return this.gzip != null && this.gzip;
	}

	@Override
	public Integer batchSize() {
		return (this.batchSize != null) ? this.batchSize : 1000;
	}

	/** When values are put into quotes. */
	public enum Quote {

		/** All values but null. */
		ALWAYS,

		/** Those with delimiters, quotes or line breaks, and the empty text. */
		NEEDED

	}

}
