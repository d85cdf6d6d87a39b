package io.deltasync.file.read;

import java.util.List;
import java.util.stream.Collectors;

import io.deltasync.file.store.FileStore;
import io.deltasync.file.store.StoredFile;

/**
 * Says which files a run reads.
 */
final class Description {

	private static final int FEW = 10;

	private Description() {
	}

	static String of(FileStore store, FileSourceOptions options, List<StoredFile> ready, List<StoredFile> left) {
		String files = ready.stream()
			.limit(FEW)
			.map((file) -> "%s (%,d bytes, %s)".formatted(file.path(), file.size(), file.modified()))
			.collect(Collectors.joining(", "));
		return "%d %s matching %s in %s%s%s%s".formatted(ready.size(), (ready.size() == 1) ? "file" : "files",
				options.pattern().pattern(), store.location(), files.isEmpty() ? "" : ": " + files,
				(ready.size() > FEW) ? ", and %d more".formatted(ready.size() - FEW) : "",
				left.isEmpty() ? "" : "; %d not complete yet".formatted(left.size()));
	}

}
