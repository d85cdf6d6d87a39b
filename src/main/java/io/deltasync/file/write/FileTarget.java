package io.deltasync.file.write;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.ConfigurableAdapter;
import io.deltasync.api.LinkContext;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.api.TargetAdapterForCompletion;
import io.deltasync.api.TargetAdapterForDeletes;
import io.deltasync.api.TargetUnavailableException;
import io.deltasync.file.store.FileStore;
import io.deltasync.file.store.FileStores;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records of a run to a file, which appears when everything was delivered.
 * Until then each batch is a hidden file of its own, so lanes need not know of each
 * other, and nothing that was delivered is lost when a run ends early: the next
 * successful run writes it, too.
 */
public final class FileTarget implements TargetAdapterForDeletes, TargetAdapterForCompletion,
		ConfigurableAdapter<FileTargetOptions>, AutoCloseable {

	private final FileStores stores;

	private final String instance;

	private @Nullable FileTargetOptions options;

	private @Nullable FileStore store;

	private long batches;

	/**
	 * Creates an adapter, which must be configured before use.
	 * @param stores the places of files
	 * @param clock orders what instances write
	 */
	public FileTarget(FileStores stores, Clock clock) {
		this.stores = stores;
		this.instance = "%013d-%s".formatted(clock.millis(), UUID.randomUUID().toString().substring(0, 8));
	}

	@Override
	public String resourceOption() {
		return "path";
	}

	@Override
	public Class<FileTargetOptions> optionsType() {
		return FileTargetOptions.class;
	}

	@Override
	public void configure(FileTargetOptions options) {
		this.stores.check(options.connection(), FilePath.of(options.path()).directory());
		this.options = options;
	}

	@Override
	public String identity(LinkContext context) {
		FilePath path = FilePath.of(options().path());
		return this.stores.location(options().connection(), path.directory()) + "/" + path.name();
	}

	/** Returns the configured size, after checking that the directory exists. */
	@Override
	public int getBatchSizeLimit(LinkContext context) throws IOException {
		try {
			store().check();
		}
		catch (IOException ex) {
			throw unavailable(ex);
		}
		return options().batchSize();
	}

	@Override
	public void validateDeletes(LinkContext context) {
		if (options().operationColumn() == null) {
			throw new AbortRunException(
					"A file has no rows to delete; set operation-column, and deletions become records of their own");
		}
	}

	@Override
	public void pushRecords(LinkContext context, List<RecordInFlight> records) throws IOException {
		RecordLine line = new RecordLine(options());
		ByteArrayOutputStream batch = new ByteArrayOutputStream();
		for (RecordInFlight record : records) {
			if (record.operation() != Operation.UPSERT && options().operationColumn() == null) {
				record.addError("A file has no rows to %s; set operation-column"
					.formatted((record.operation() == Operation.DELETE) ? "delete" : "update"));
				continue;
			}
			try {
				batch.writeBytes(line.of(record));
			}
			catch (IllegalArgumentException ex) {
				record.addError(String.valueOf(ex.getMessage()));
			}
		}
		if (context.testingMode() || batch.size() == 0) {
			return;
		}
		try {
			store(context, batch);
		}
		catch (IOException ex) {
			throw unavailable(ex);
		}
	}

	/** No record is at fault when a place cannot be written. */
	private TargetUnavailableException unavailable(IOException failure) throws IOException {
		if (failure instanceof ConnectException) {
			throw failure;
		}
		return new TargetUnavailableException(
				"%s cannot be written".formatted(this.stores.location(options().connection(), directory())), failure);
	}

	private String directory() {
		return FilePath.of(options().path()).directory();
	}

	private void store(LinkContext context, ByteArrayOutputStream batch) throws IOException {
		String part = FilePath.parts(context.linkName())
				+ PartNames.part(context.runTimestamp(), this.instance, this.batches);
		this.batches++;
		store().write(part, part + PartNames.TEMPORARY, batch::writeTo, RunContext::checkBeforeCommit);
	}

	/**
	 * Puts the file into place, with what earlier unsuccessful runs have delivered. A run
	 * without records writes no file.
	 */
	@Override
	public void completeRun(LinkContext context) throws IOException {
		try {
			putIntoPlace(context);
		}
		catch (IOException ex) {
			throw unavailable(ex);
		}
	}

	private void putIntoPlace(LinkContext context) throws IOException {
		String directory = FilePath.parts(context.linkName());
		JoinedParts parts = new JoinedParts(store(), directory);
		RunContext.checkBeforeCommit();
		String joined = parts.join(context.runTimestamp());
		if (joined == null) {
			return;
		}
		store().write(FilePath.of(options().path()).of(context.runTimestamp()),
				directory + "finished" + PartNames.TEMPORARY,
				(out) -> new FinishedFile(parts, options()).write(joined, out), RunContext::checkBeforeCommit);
		store().move(joined, directory + PartNames.placed(context.runTimestamp()));
	}

	@Override
	public void close() throws IOException {
		if (this.store != null) {
			this.store.close();
		}
	}

	private FileStore store() throws IOException {
		if (this.store == null) {
			this.store = this.stores.open(options().connection(), directory());
		}
		return this.store;
	}

	private FileTargetOptions options() {
		if (this.options == null) {
			throw new IllegalStateException("The adapter is not configured; call configure first");
		}
		return this.options;
	}

}
