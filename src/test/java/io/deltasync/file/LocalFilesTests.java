package io.deltasync.file;

import java.nio.file.Path;
import java.util.List;

import io.deltasync.file.store.FileStores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files on this machine.
 */
class LocalFilesTests extends FilesContract {

	@TempDir
	private Path directory;

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void nameMayContainABackslash() throws Exception {
		write("a\\b.csv", "text");

		assertThat(paths("", 64)).containsExactly("a\\b.csv");
		assertThat(read("a\\b.csv")).isEqualTo("text");
	}

	@Override
	protected FileStores stores() {
		return new FileStores(List.of());
	}

	@Override
	protected @Nullable String connection() {
		return null;
	}

	@Override
	protected String directory() {
		return this.directory.toString();
	}

}
