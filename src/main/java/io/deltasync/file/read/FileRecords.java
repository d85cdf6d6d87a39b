package io.deltasync.file.read;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

import io.deltasync.api.RecordInFlight;
import io.deltasync.file.store.FileStore;
import io.deltasync.file.store.StoredFile;
import io.deltasync.format.FileFormat;
import io.deltasync.format.ParsedRecord;
import io.deltasync.format.RecordReader;
import org.jspecify.annotations.Nullable;

/**
 * The records of a file, which must stay as planning saw it until it is read to its end.
 * Not thread-safe.
 */
final class FileRecords implements Iterable<RecordInFlight>, AutoCloseable {

	private final FileStore store;

	private final FileScope file;

	private final List<String> key;

	private final boolean columns;

	private final CountedBytes bytes;

	private final RecordReader reader;

	private @Nullable RecordInFlight next;

	private boolean ended;

	private boolean keyChecked;

	FileRecords(FileStore store, FileScope file, FileSourceOptions options) throws IOException {
		this.store = store;
		this.file = file;
		this.key = options.key();
		this.columns = options.format() == FileFormat.CSV;
		requireUnchanged("since the run was planned");
		this.bytes = new CountedBytes(store.open(file.path()));
		this.reader = options.format().open(this.bytes, file.path(), options.formatOptions());
	}

	@Override
	public Iterator<RecordInFlight> iterator() {
		return new Iterator<>() {

			@Override
			public boolean hasNext() {
				return peek() != null;
			}

			@Override
			public RecordInFlight next() {
				RecordInFlight record = peek();
				if (record == null) {
					throw new NoSuchElementException();
				}
				FileRecords.this.next = null;
				return record;
			}

		};
	}

	private @Nullable RecordInFlight peek() {
		if (this.next == null && !this.ended) {
			try {
				this.next = read();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex.getMessage(), ex);
			}
			this.ended = this.next == null;
		}
		return this.next;
	}

	private @Nullable RecordInFlight read() throws IOException {
		ParsedRecord parsed = this.reader.next();
		if (parsed == null) {
			if (this.bytes.count() != this.file.size()) {
				throw changed("while it was read: it has %,d bytes in place of %,d".formatted(this.bytes.count(),
						this.file.size()));
			}
			requireUnchanged("while it was read");
			return null;
		}
		if (parsed.problem() != null) {
			return bad(parsed.line(), parsed.problem());
		}
		checkKey(parsed);
		RecordInFlight record = new RecordInFlight(parsed.properties());
		if (!this.key.isEmpty()) {
			record.identifiedBy(this.key);
			for (int i = 0; i < this.key.size(); i++) {
				Object value = record.keyValues().get(i);
				if (value == null || value instanceof Map || value instanceof List) {
					return bad(parsed.line(),
							"there is no value of '%s', which is in the key".formatted(this.key.get(i)));
				}
			}
		}
		return record;
	}

	private void checkKey(ParsedRecord parsed) throws IOException {
		if (this.keyChecked || !this.columns) {
			return;
		}
		this.keyChecked = true;
		for (String name : this.key) {
			if (!parsed.properties().containsKey(name)) {
				throw new IOException("%s: there is no column '%s', which is in the key; there are: %s"
					.formatted(this.file.path(), name, String.join(", ", parsed.properties().keySet())));
			}
		}
	}

	private RecordInFlight bad(long line, String problem) {
		Map<String, @Nullable Object> place = new LinkedHashMap<>();
		place.put("file", this.file.path());
		place.put("line", line);
		RecordInFlight record = new RecordInFlight(place);
		record.addError("%s:%d: %s".formatted(this.file.path(), line, problem));
		return record;
	}

	private void requireUnchanged(String when) throws IOException {
		StoredFile now = this.store.find(this.file.path());
		if (now == null) {
			throw new FileNotFoundException(
					"%s has been moved or deleted %s; start a new run".formatted(this.file.path(), when));
		}
		if (!this.file.isVersionOf(now)) {
			throw changed(when);
		}
	}

	private IOException changed(String when) {
		return new IOException(
				"%s has been changed %s; start a new run when it is complete".formatted(this.file.path(), when));
	}

	@Override
	public void close() throws IOException {
		this.reader.close();
	}

}
