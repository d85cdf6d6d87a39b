package io.deltasync.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class OwnArgumentsTests {

	@ParameterizedTest
	@ValueSource(strings = { "--spring.profiles.active=mysql", "--deltasync.lease=10s", "--logging.level.root=DEBUG",
			"--deltasync.links[customers].lanes=2", "--spring.main.lazy-initialization", "--debug", "--trace",
			"--debug=true" })
	void springPropertiesAreRemoved(String property) {
		assertThat(OwnArguments.of("run", property, "customers", "--full")).containsExactly("run", "customers",
				"--full");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "--full", "--limit=5", "-h", "--help", "customers.eu", "a=b.c", "--debugging", "--", "-x.y=z" })
	void otherArgumentsAreKept(String own) {
		assertThat(OwnArguments.of(own)).containsExactly(own);
	}

	@Test
	void firstArgumentThatIsNoOptionIsTheCommand() {
		assertThat(OwnArguments.holdCommand("--spring.profiles.active=mysql", "run", "customers")).isTrue();
		assertThat(OwnArguments.holdCommand("--help", "-V", "--server.port=1")).isFalse();
		assertThat(OwnArguments.holdCommand()).isFalse();
		assertThat(OwnArguments.command("--server", "http://localhost:8080", "--token-file", "t", "links"))
			.contains("links");
		assertThat(OwnArguments.command("--server=http://localhost:8080", "links")).contains("links");
	}

}
