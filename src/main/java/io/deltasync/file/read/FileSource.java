package io.deltasync.file.read;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Clock;
import java.util.List;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.ConfigurableAdapter;
import io.deltasync.api.DelayedPlanningAdapter;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForAcknowledge;
import io.deltasync.api.SourceAdapterForKeys;
import io.deltasync.file.store.FileStore;
import io.deltasync.file.store.FileStores;
import org.jspecify.annotations.Nullable;

/**
 * Reads files: everything, or those that are new. Each file is a scope, in the version
 * that planning saw. A line that cannot be read becomes a record with an error that names
 * file and line, and whose properties are {@code file} and {@code line}.
 * <p>
 * Values of CSV are {@link String}; those of JSON are {@link String}, {@link Long} or
 * {@link java.math.BigInteger}, {@link java.math.BigDecimal}, {@link Boolean},
 * {@link java.util.Map} and {@link List}.
 */
public final class FileSource implements DelayedPlanningAdapter, SourceAdapterForAcknowledge, SourceAdapterForKeys,
		ConfigurableAdapter<FileSourceOptions>, AutoCloseable {

	private final FileStores stores;

	private final Clock clock;

	private @Nullable FileSourceOptions options;

	private @Nullable FileStore store;

	/**
	 * Creates an adapter, which must be configured before use.
	 * @param stores the places of files
	 * @param clock tells how old files are
	 */
	public FileSource(FileStores stores, Clock clock) {
		this.stores = stores;
		this.clock = clock;
	}

	@Override
	public String resourceOption() {
		return "path";
	}

	@Override
	public Class<FileSourceOptions> optionsType() {
		return FileSourceOptions.class;
	}

	@Override
	public void configure(FileSourceOptions options) {
		this.stores.check(options.connection(), options.pattern().directory());
		this.options = options;
	}

	@Override
	public String identity(LinkContext context) {
		FileSourceOptions options = options();
		return this.stores.location(options.connection(), options.pattern().directory()) + "/"
				+ options.pattern().pattern();
	}

	@Override
	public List<String> keyProperties(LinkContext context) {
		return options().key();
	}

	/**
	 * Only where no file can be missing: a file that is not complete yet, or that was
	 * moved away, would look like deleted records.
	 */
	@Override
	public boolean fetchesEverything() {
		FileSourceOptions options = options();
		return options.delta() == null && options.after() == null && options.doneFile() == null;
	}

	@Override
	public void validate(LinkContext context) throws IOException {
		store().check();
	}

	@Override
	public FetchStrategy planFetch(LinkContext context) throws IOException {
		return plan(context, null);
	}

	@Override
	public FetchStrategy planFetchAgain(LinkContext context, @Nullable Object scope) throws IOException {
		return plan(context, (Look) scope);
	}

	private FetchStrategy plan(LinkContext context, @Nullable Look before) throws IOException {
		try {
			return new FilePlanner(store(), options(), this.clock).plan(context, before);
		}
		catch (ConnectException ex) {
			throw ex;
		}
		catch (IOException ex) {
			throw new AbortRunException("The files cannot be listed", ex);
		}
	}

	@Override
	public Iterable<RecordInFlight> fetchRecords(LinkContext context, @Nullable Object scope) throws IOException {
		if (!(scope instanceof FileScope file)) {
			throw new IllegalArgumentException("A file is read by its scope, which planning returns");
		}
		return new FileRecords(store(), file, options());
	}

	@Override
	public void runSucceeded(LinkContext context) throws IOException {
		runSucceeded(context, List.of());
	}

	@Override
	public void runSucceeded(LinkContext context, Iterable<?> scopes) throws IOException {
		AfterSuccess after = options().after();
		if (after == null) {
			return;
		}
		ReadFiles read = new ReadFiles(store(), after, options().doneFile());
		for (Object scope : scopes) {
			read.remove((FileScope) scope);
		}
	}

	@Override
	public void close() throws IOException {
		if (this.store != null) {
			this.store.close();
		}
	}

	private FileStore store() throws IOException {
		if (this.store == null) {
			this.store = this.stores.open(options().connection(), options().pattern().directory());
		}
		return this.store;
	}

	private FileSourceOptions options() {
		if (this.options == null) {
			throw new IllegalStateException("The adapter is not configured; call configure first");
		}
		return this.options;
	}

}
