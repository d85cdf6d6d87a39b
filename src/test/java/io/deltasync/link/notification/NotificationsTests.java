package io.deltasync.link.notification;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.deltasync.config.ConfigurationException;
import io.deltasync.config.ConfigurationProblem;
import io.deltasync.link.Links;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * How notifications are configured, and what is refused.
 */
class NotificationsTests {

	private static final String PREFIX = "deltasync.notifications.";

	private static Notifications read(Map<String, Object> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
		return new Links(new DefaultListableBeanFactory(), environment).notifications();
	}

	private static @Nullable ConfigurationException problem(Map<String, Object> properties) {
		return catchThrowableOfType(ConfigurationException.class, () -> read(properties));
	}

	@Test
	void nothingIsRequired() {
		Notifications none = read(Map.of());

		assertThat(none.channels()).isEmpty();
		assertThat(none.settings().kinds()).containsExactlyInAnyOrder(NoticeKind.values());
		assertThat(none.settings().staleAfter()).isNull();
	}

	@Test
	void channelsAreReadAndDescribedWithoutSecrets() {
		Notifications read = read(Map.of(PREFIX + "channels.ops.webhook-url",
				"https://hooks.example.com:8443/T0/s3cr3t", PREFIX + "channels.ops.secret",
				"whsec_c29tZSBieXRlcyB0aGF0IGFyZSBsb25nIGVub3VnaA==", PREFIX + "stale-after", "2h", PREFIX + "on[0]",
				"failed", PREFIX + "ping-url", "https://hc.example.com/s3cr3t"));

		assertThat(read.settings().staleAfter()).isEqualTo(Duration.ofHours(2));
		assertThat(read.settings().kinds()).containsExactly(NoticeKind.FAILED);
		assertThat(read.channels().get("ops").key()).asString().isEqualTo("some bytes that are long enough");
		assertThat(read.describe("ops")).isEqualTo("https://hooks.example.com:8443 (json)");
		assertThat(read.toString()).doesNotContain("s3cr3t").doesNotContain("whsec");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "ftp://example.com/s3cr3t|not a web address", "https://bob:s3cr3t@example.com/|contains a user",
					"example.com/s3cr3t|not a web address", "https:///s3cr3t|has no host",
					"https://example.com/s3cr3t s|not a URL", "https://example.com/#s3cr3t|contains a '#'" })
	void addressThatCannotBeCalledIsRefusedWithoutShowingIt(String url, String message) {
		ConfigurationException thrown = problem(Map.of(PREFIX + "channels.ops.webhook-url", url,
				PREFIX + "channels.ops.format", "slack", PREFIX + "ping-url", url, PREFIX + "serve-ping-url", url));

		assertThat(thrown).isNotNull();
		assertThat(thrown.getMessage()).contains(message).doesNotContain("s3cr3t");
		assertThat(thrown.problems()).extracting(ConfigurationProblem::property)
			.containsExactlyInAnyOrder(PREFIX + "channels.ops.webhook-url", PREFIX + "ping-url",
					PREFIX + "serve-ping-url");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "webhook-url=https://example.com|secret", "mail-to=a@example.com|mail-from",
			"secret=a secret that nobody guesses|webhook-url", "webhook-url=https://example.com,secret=s3cr3t|secret",
			"webhook-url=https://example.com,secret=whsec_?s3cr3t???????????????????????????|secret",
			"mail-to=a b@example.com,mail-from=b@example.com|mail-to",
			"webhook-url=https://example.com,format=slack,mail-to=a@example.com|mail-to" })
	void incompleteChannelIsRefused(String settings, String named) {
		Map<String, Object> properties = new HashMap<>();
		for (String setting : settings.split(",")) {
			properties.put(PREFIX + "channels.ops." + setting.split("=", 2)[0], setting.split("=", 2)[1]);
		}

		ConfigurationException thrown = problem(properties);

		assertThat(thrown).isNotNull();
		assertThat(thrown.getMessage()).contains(named).doesNotContain("s3cr3t");
	}

	@Test
	void unknownSettingsAreRefused() {
		ConfigurationException thrown = problem(
				Map.of(PREFIX + "stale-afer", "2h", PREFIX + "channels.ops.webhok-url", "https://example.com/s3cr3t"));

		assertThat(thrown).isNotNull();
		assertThat(thrown.getMessage()).contains("stale-afer").contains("webhok-url").doesNotContain("s3cr3t");
	}

}
