package io.deltasync.http.source.answer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Answers that are received before they are used.
 */
class SpoolTests {

	private static long files() throws IOException {
		try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return files.filter((file) -> file.getFileName().toString().matches("deltasync-.*\\.answer")).count();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 262_143, 262_144, 262_145, 3_000_000 })
	void bytesStayTheSameAndNoFileIsLeft(int size) throws IOException {
		byte[] bytes = new byte[size];
		new Random(size).nextBytes(bytes);
		long before = files();

		try (InputStream spooled = Spool.of(new ByteArrayInputStream(bytes))) {
			assertThat(spooled.readAllBytes()).isEqualTo(bytes);
		}
		assertThat(files()).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(ints = { 10, 1_000_000 })
	void bodyThatBreaksOffLeavesNoFile(int size) throws IOException {
		long before = files();
		InputStream broken = new InputStream() {

			private int left = size;

			@Override
			public int read() throws IOException {
				throw new IOException("broken off");
			}

			@Override
			public int read(byte[] bytes, int offset, int length) throws IOException {
				if (this.left == 0) {
					throw new IOException("broken off");
				}
				int read = Math.min(length, this.left);
				this.left -= read;
				return read;
			}

		};

		assertThatIOException().isThrownBy(() -> Spool.of(broken)).withMessage("broken off");
		assertThat(files()).isEqualTo(before);
	}

}
