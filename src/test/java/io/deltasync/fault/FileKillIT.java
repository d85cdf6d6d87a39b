package io.deltasync.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Kills of a process that reads and writes files of this machine.
 */
class FileKillIT extends FileKills {

	@Override
	Place place(Path directory) throws IOException {
		Files.createDirectories(directory.resolve("in"));
		Files.createDirectories(directory.resolve("out"));
		return new Place() {

			@Override
			public List<String> options() {
				return List.of();
			}

			@Override
			public String root() {
				return directory + "/";
			}

			@Override
			public void write(String path, String text) throws IOException {
				Files.writeString(directory.resolve(path), text);
			}

			@Override
			public List<String> paths() throws IOException {
				try (Stream<Path> files = Files.walk(directory)) {
					return files.filter(Files::isRegularFile)
						.map((file) -> directory.relativize(file).toString())
						.sorted()
						.toList();
				}
			}

			@Override
			public String read(String path) throws IOException {
				return Files.readString(directory.resolve(path));
			}

		};
	}

}
