package io.deltasync.schema;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EmbeddedFileTests {

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:h2:file:./data/jobs;WRITE_DELAY=0", "jdbc:h2:./data/jobs",
			"jdbc:h2:file:data/jobs;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0" })
	void aPathBesideADatabaseIsThatOfTheProcess(String url) {
		assertThat(EmbeddedFile.beside(url, ".x").orElseThrow().normalize())
			.isEqualTo(Path.of("data/jobs.x").toAbsolutePath());
	}

	@Test
	void otherPathsAreThoseOfH2() {
		assertThat(EmbeddedFile.beside("jdbc:h2:~/jobs", ".x"))
			.contains(Path.of(System.getProperty("user.home"), "jobs.x"));
		assertThat(EmbeddedFile.beside("jdbc:h2:file:/var/lib/jobs", ".x")).contains(Path.of("/var/lib/jobs.x"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "jdbc:h2:mem:jobs", "jdbc:h2:tcp://localhost/jobs", "jdbc:h2:ssl://localhost/jobs",
			"jdbc:mysql://localhost/jobs", "jdbc:h2:./jobs;AUTO_SERVER=TRUE", "jdbc:h2:./jobs;FILE_LOCK=NO",
			"jdbc:h2:zip:a.zip!/jobs", "jdbc:h2:split:./jobs" })
	void aDatabaseThatOthersCanOpenHasNone(String url) {
		assertThat(EmbeddedFile.beside(url, ".x")).isEmpty();
	}

}
