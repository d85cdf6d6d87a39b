package io.deltasync.helm;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.deltasync.launch.UsageCheck;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The commands of pods are DeltaSync's own.
 */
class ChartCommandsTests {

	@Test
	void everyJobIsACommandThatThereIs() {
		Rendered rendered = Chart.ofExample("cronjobs").render();
		Map<String, List<String>> commands = rendered.objects()
			.stream()
			.filter((object) -> object instanceof CronJob || object instanceof Job)
			.map((object) -> object.getMetadata().getName())
			.collect(Collectors.toMap((name) -> name, (name) -> rendered.container(name).getArgs()));

		assertThat(commands).hasSize(4)
			.allSatisfy((name, args) -> assertThat(UsageCheck.answer(args.toArray(String[]::new))).isEmpty());
	}

}
