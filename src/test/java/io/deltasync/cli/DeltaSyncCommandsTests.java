package io.deltasync.cli;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DeltaSyncCommandsTests {

	@ParameterizedTest
	@ValueSource(strings = { "run orders", "--spring.profiles.active=mysql events", "serve", "links --json" })
	void commandsBelongToDeltaSync(String line) {
		assertThat(DeltaSyncCommands.areIn(line.split(" "))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "import orders.csv", "--server.port=0", "orders run", "--help" })
	void otherArgumentsBelongToTheApplication(String line) {
		assertThat(DeltaSyncCommands.areIn(line.split(" "))).isFalse();
	}

}
