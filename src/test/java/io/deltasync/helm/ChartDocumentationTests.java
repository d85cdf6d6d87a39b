package io.deltasync.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The values that the documentation shows install something.
 */
class ChartDocumentationTests {

	private static final Pattern VALUES = Pattern.compile("(?ms)^```yaml\\n(image:.*?)^```$");

	static List<String> values() {
		try {
			return VALUES.matcher(Files.readString(Path.of("docs/kubernetes.md")))
				.results()
				.map((MatchResult values) -> values.group(1))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void documentedAlertsAreThoseOfTheChart() throws IOException {
		assertThat(alerts(Path.of("docs/monitoring.md")))
			.isEqualTo(alerts(Path.of("helm/deltasync/templates/monitoring.yaml")));
	}

	private static List<String> alerts(Path file) throws IOException {
		return Pattern.compile("(?m)^ *- alert: (\\w+)$")
			.matcher(Files.readString(file))
			.results()
			.map((alert) -> alert.group(1))
			.sorted()
			.toList();
	}

	@ParameterizedTest
	@MethodSource("values")
	void documentedValuesInstallTheCronJobOfALink(String values) {
		Rendered rendered = Chart.ofDefaults().releasedAs("sync").with(values).render();

		assertThat(rendered.pods()).containsKey("sync-deltasync-customers");
	}

}
