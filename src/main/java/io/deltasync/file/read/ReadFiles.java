package io.deltasync.file.read;

import java.io.IOException;

import io.deltasync.file.store.FileStore;
import io.deltasync.file.store.StoredFile;
import org.jspecify.annotations.Nullable;

/**
 * Moves or deletes the files that a successful run has read. A file that has changed
 * since then is left for the next run.
 */
final class ReadFiles {

	private final FileStore store;

	private final AfterSuccess after;

	private final @Nullable String doneFile;

	ReadFiles(FileStore store, AfterSuccess after, @Nullable String doneFile) {
		this.store = store;
		this.after = after;
		this.doneFile = doneFile;
	}

	void remove(FileScope file) throws IOException {
		StoredFile found = this.store.find(file.path());
		if (found == null || !file.isVersionOf(found)) {
			return;
		}
		// first, so that no done-file stands beside a file that comes later
		StoredFile done = (this.doneFile != null) ? this.store.find(file.path() + this.doneFile) : null;
		if (done != null) {
			removeNow(done, file);
		}
		removeNow(found, file);
	}

	private void removeNow(StoredFile found, FileScope file) throws IOException {
		if (this.after.move() == null) {
			this.store.delete(found);
			return;
		}
		String target = this.after.move().replaceFirst("/$", "") + "/" + found.path();
		if (this.store.find(target) != null) {
			// the same name again, another day
			target = "%s.%s".formatted(target, file.modified().toString().replace(":", ""));
		}
		this.store.move(found, target);
	}

}
