package io.deltasync.file.read;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RunContext;
import io.deltasync.file.store.FilePattern;
import io.deltasync.file.store.FileStore;
import io.deltasync.file.store.StoredFile;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that a run reads. A delta run leaves files that are not complete to
 * later runs; a full run waits for them, because their records would be taken for
 * deleted.
 */
final class FilePlanner {

	/** More are left to a later run, so that what is stored stays small. */
	private static final int MOST_UNSTABLE = 1000;

	private final FileStore store;

	private final FileSourceOptions options;

	private final Clock clock;

	private final List<StoredFile> left = new ArrayList<>();

	private final Map<String, String> unstable = new HashMap<>();

	FilePlanner(FileStore store, FileSourceOptions options, Clock clock) {
		this.store = store;
		this.options = options;
		this.clock = clock;
	}

	FetchStrategy plan(LinkContext context, @Nullable Look before) throws IOException {
		Instant now = this.clock.instant();
		Instant since = (before != null) ? before.since() : now;
		List<StoredFile> found = inWindow(context, list());
		boolean everything = context.lastSuccessfulSync() == null;
		List<StoredFile> ready = ready(found, now, before, everything);
		boolean again = !this.unstable.isEmpty() && (before == null || everything);
		if (again) {
			return FetchStrategy.delay(null, new Look(since, Map.copyOf(this.unstable)));
		}
		if (ready.isEmpty() && this.options.waitFor() != null && now.isBefore(since.plus(this.options.waitFor()))) {
			return FetchStrategy.delay(null, new Look(since, Map.of()));
		}
		setCursor(ready, now);
		RunContext.currentContext().describe(Description.of(this.store, this.options, ready, this.left));
		List<FileScope> scopes = ready.stream().map(FileScope::of).toList();
		return scopes.isEmpty() ? FetchStrategy.noRecords() : FetchStrategy.scopes(scopes);
	}

	/** Lists the files that match and are done, in the order in which they are read. */
	private List<StoredFile> list() throws IOException {
		FilePattern pattern = this.options.pattern();
		String doneFile = this.options.doneFile();
		String archive = (this.options.after() != null && this.options.after().move() != null)
				? this.options.after().move().replaceFirst("/$", "") + "/" : null;
		List<StoredFile> files = new ArrayList<>();
		Set<String> done = new HashSet<>();
		this.store.list("", pattern.depth(), (file) -> {
			if (archive != null && file.path().startsWith(archive)) {
				return;
			}
			if (doneFile != null && file.path().endsWith(doneFile)) {
				done.add(file.path());
			}
			else if (pattern.matches(file)) {
				files.add(file);
			}
		});
		Comparator<StoredFile> byPath = Comparator.comparing(StoredFile::path);
		files.sort(isByName() ? byPath : Comparator.comparing(StoredFile::modified).thenComparing(byPath));
		if (doneFile == null) {
			return files;
		}
		List<StoredFile> complete = new ArrayList<>();
		for (StoredFile file : files) {
			(done.contains(file.path() + doneFile) ? complete : this.left).add(file);
		}
		return complete;
	}

	private boolean isByName() {
		FileDelta delta = this.options.delta();
		return delta != null && delta.by() == FileDelta.By.NAME;
	}

	private List<StoredFile> inWindow(LinkContext context, List<StoredFile> files) {
		FileDelta delta = this.options.delta();
		if (delta == null || context.lastSuccessfulSync() == null) {
			return files;
		}
		String cursor = context.lastSuccessfulCursor();
		if (delta.by() == FileDelta.By.NAME) {
			this.left.removeIf((file) -> cursor != null && file.path().compareTo(cursor) <= 0);
			return (cursor != null) ? files.stream().filter((file) -> file.path().compareTo(cursor) > 0).toList()
					: files;
		}
		Instant start = (cursor != null) ? Instant.parse(cursor) : context.lastSuccessfulSync();
		// some places know whole seconds alone
		Instant from = start.minus(delta.overlap()).truncatedTo(ChronoUnit.SECONDS);
		this.left.removeIf((file) -> file.modified().isBefore(from));
		return files.stream().filter((file) -> !file.modified().isBefore(from)).toList();
	}

	private List<StoredFile> ready(List<StoredFile> files, Instant now, @Nullable Look before, boolean everything) {
		List<StoredFile> ready = new ArrayList<>();
		for (StoredFile file : files) {
			boolean seen = before != null && text(file).equals(before.unstable().get(file.path()));
			boolean stable = seen || isOlder(file, now, this.options.stableFor());
			// a time in the future tells nothing of the age
			boolean old = isOlder(file, now, this.options.minAge()) || (seen && file.modified().isAfter(now));
			if (old && stable) {
				ready.add(file);
				continue;
			}
			this.left.add(file);
			if (this.unstable.size() < MOST_UNSTABLE && (everything || !stable)) {
				this.unstable.put(file.path(), text(file));
			}
		}
		if (isByName()) {
			// the cursor must not pass a file that is not read
			String first = this.left.stream().map(StoredFile::path).min(Comparator.naturalOrder()).orElse(null);
			ready.removeIf((file) -> first != null && file.path().compareTo(first) > 0);
		}
		return ready;
	}

	private static boolean isOlder(StoredFile file, Instant now, @Nullable Duration age) {
		return age == null || age.isZero() || !file.modified().isAfter(now.minus(age));
	}

	private static String text(StoredFile file) {
		return file.size() + " " + file.modified();
	}

	private void setCursor(List<StoredFile> ready, Instant now) {
		FileDelta delta = this.options.delta();
		if (delta == null) {
			return;
		}
		if (isByName()) {
			if (!ready.isEmpty()) {
				RunContext.currentContext().setCursor(ready.get(ready.size() - 1).path());
			}
			return;
		}
		Instant earliest = this.left.stream().map(StoredFile::modified).min(Comparator.naturalOrder()).orElse(now);
		RunContext.currentContext().setCursor((earliest.isBefore(now) ? earliest : now).toString());
	}

}
