package io.deltasync.simulation;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that each {@link PlantedBug} still fits the code, long before
 * {@link NegativeControlsIT} plants it.
 */
class PlantedBugTests {

	static List<PlantedBug> bugs() {
		return PlantedBug.all();
	}

	@ParameterizedTest
	@MethodSource("bugs")
	void textsToReplaceAreInTheCode(PlantedBug bug) throws IOException {
		assertThat(Planter.sources(bug)).isNotEmpty();
	}

}
