package io.deltasync.http.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;

import io.deltasync.api.RecordInFlight;
import io.deltasync.format.FileFormat;
import io.deltasync.format.FormatOptions;
import io.deltasync.format.ParsedRecord;
import io.deltasync.format.RecordReader;
import io.deltasync.http.connection.HttpAnswer;
import io.deltasync.http.connection.HttpCall;
import io.deltasync.http.json.AnswerException;
import io.deltasync.http.source.answer.Answer;
import io.deltasync.http.source.answer.SourceCalls;
import io.deltasync.http.source.answer.Spool;
import io.deltasync.http.source.page.RecordMaker;
import org.jspecify.annotations.Nullable;

/**
 * Downloads an export. Immutable.
 *
 * @param calls sends the request
 * @param format the format of the export
 * @param options how it is read
 * @param maker makes records
 */
record ExportDownload(SourceCalls calls, FileFormat format, FormatOptions options, RecordMaker maker) {

	/** Downloads an export to its end, and returns its records. */
	Iterable<RecordInFlight> fetch(HttpCall call, HttpScope.Download scope) throws IOException, InterruptedException {
		try (HttpAnswer answer = this.calls.send(call)) {
			String type = answer.header("Content-Type");
			if (answer.status() == 404 || answer.status() == 410) {
				throw new AnswerException(
						"%s answered with status %d: the source no longer has the export, or download.path is wrong; a restart would ask for the same, so start a new run"
							.formatted(Answer.shown(call), answer.status()));
			}
			if (answer.status() != 200) {
				throw new AnswerException("%s answered with status %d instead of 200: %s".formatted(Answer.shown(call),
						answer.status(), answer.excerpt()));
			}
			if (type != null && type.toLowerCase(Locale.ROOT).contains("html")) {
				throw new AnswerException("%s answered with %s instead of %s: %s; correct the path, or log in"
					.formatted(Answer.shown(call), type, this.format, answer.excerpt()));
			}
			return new Rows(this.format.open(Spool.of(answer.body()), Answer.shown(call), this.options), scope, call);
		}
	}

	/** The records of a download. Confined to one thread, and to one pass. */
	@SuppressWarnings("IterableAndIterator")
	private final class Rows implements Iterable<RecordInFlight>, Iterator<RecordInFlight>, AutoCloseable {

		private final RecordReader reader;

		private final HttpScope.Download scope;

		private final HttpCall call;

		private @Nullable RecordInFlight next;

		private long count;

		private boolean ended;

		Rows(RecordReader reader, HttpScope.Download scope, HttpCall call) {
			this.reader = reader;
			this.scope = scope;
			this.call = call;
		}

		@Override
		public Iterator<RecordInFlight> iterator() {
			return this;
		}

		@Override
		public boolean hasNext() {
			while (this.next == null && !this.ended) {
				ParsedRecord parsed = read();
				if (parsed != null) {
					this.count++;
					this.next = made(parsed);
				}
				else {
					this.ended = true;
					checkTotal();
				}
			}
			return this.next != null;
		}

		private @Nullable ParsedRecord read() {
			try {
				return this.reader.next();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex.getMessage(), ex);
			}
		}

		private @Nullable RecordInFlight made(ParsedRecord parsed) {
			if (parsed.problem() != null) {
				RecordInFlight bad = new RecordInFlight(Map.of());
				bad.addError("line %d of %s: %s".formatted(parsed.line(), Answer.shown(this.call), parsed.problem()));
				return bad;
			}
			RecordInFlight made = ExportDownload.this.maker.make(parsed.properties());
			return ExportDownload.this.maker.hasChanged(made, this.scope.window()) ? made : null;
		}

		private void checkTotal() {
			Long total = this.scope.total();
			if (total != null && total != this.count) {
				throw new AnswerException("%s has %,d records, but the export was said to have %,d: run the Link again"
					.formatted(Answer.shown(this.call), this.count, total));
			}
		}

		@Override
		public RecordInFlight next() {
			if (!hasNext() || this.next == null) {
				throw new NoSuchElementException();
			}
			RecordInFlight found = this.next;
			this.next = null;
			return found;
		}

		@Override
		public void close() throws IOException {
			this.reader.close();
		}

	}

}
