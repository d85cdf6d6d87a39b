package io.deltasync.helm;

import io.deltasync.cli.UsageCheck;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The commands of pods are DeltaSync's own.
 */
class ChartCommandsTests {

	@ParameterizedTest
	@MethodSource("io.deltasync.helm.Chart#examples")
	void everyPodRunsAnExistingCommand(String example) {
		Rendered rendered = Chart.ofExample(example).render();

		assertThat(rendered.pods().keySet()).isNotEmpty()
			.allSatisfy(
					(name) -> assertThat(UsageCheck.answer(rendered.container(name).getArgs().toArray(String[]::new)))
						.isEmpty());
	}

}
